"""Command that prepares and serves the portal, for `make run` and for production."""

import signal
from contextlib import suppress

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections
from django.urls import reverse

from portal.mail import sends_mail
from portal.server import (
    collect_static_files,
    ensure_superuser,
    is_empty,
    migrate,
    require_cache,
    require_free_port,
    run_server,
    static_files_changed,
)


class Command(BaseCommand):
    help = (
        "Prepares the database, static files, a first staff account and (in an empty database) "
        "the demo content, then serves the portal until it is interrupted."
    )

    def execute(self, *args, **options):
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with suppress(KeyboardInterrupt):
            super().execute(*args, **options)
        self.say("The portal has stopped.")

    def handle(self, *args, **options):
        self.prepare()
        run_server()

    def prepare(self):
        require_free_port(settings.HOST, settings.PORT)
        require_cache()
        self.say("Preparing the database ...")
        migrate()
        if static_files_changed():
            self.say("Collecting static files ...")
            collect_static_files()
        if settings.DEMO_CONTENT and is_empty():
            self.say("Loading the demo content ...")
            call_command("demo")
        self.introduce(ensure_superuser())
        # Workers are copies of this process and must not share its connections.
        connections.close_all()
        cache.close()

    def introduce(self, login):
        """Print the portal's addresses, the login and the destination of mails."""
        rows = [
            ("Portal", f"{settings.PORTAL_URL}/"),
            ("Admin", settings.PORTAL_URL + reverse("admin:index")),
            *login_rows(login),
            ("E-mails", settings.EMAIL_HOST if sends_mail() else settings.EMAIL_FILE_PATH),
            ("Listens on", f"{settings.HOST}, port {settings.PORT}; Ctrl-C stops it"),
        ]
        self.say("", *(f"  {label:<11} {value}" for label, value in rows), "")

    def say(self, *lines):
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def login_rows(login):
    if not login:
        return [("Login", "as before; `make password LOGIN=name` sets a new password")]
    username, password = login
    return [
        ("Login", username),
        ("Password", f"{password}  (shown only now; `make password` sets a new one)"),
    ]
