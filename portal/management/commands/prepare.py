"""Command that prepares the portal without serving it, for `make dev`."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.urls import reverse

from portal.mail import uses_mail_server
from portal.server import (
    collect_static_files,
    ensure_superuser,
    is_empty,
    migrate,
    require_cache,
    require_free_port,
    static_files_changed,
)


class Command(BaseCommand):
    help = (
        "Prepares the database, static files, a first staff account and (in an empty database) "
        "the demo content."
    )

    def handle(self, *args, **options):
        require_free_port(settings.HOST, settings.PORT)
        require_cache()
        self.write_lines("Preparing the database ...")
        migrate()
        # In DEBUG mode, static files are served from their source folders.
        if not settings.DEBUG and static_files_changed():
            self.write_lines("Collecting static files ...")
            collect_static_files()
        if settings.DEMO_CONTENT and is_empty():
            self.write_lines("Loading the demo content ...")
            call_command("demo")
        self.print_summary(ensure_superuser())

    def print_summary(self, login):
        """Print the portal's addresses, the login and the destination of mails."""
        rows = [
            ("Portal", f"{settings.PORTAL_URL}/"),
            ("Admin", settings.PORTAL_URL + reverse("admin:index")),
            *login_rows(login),
            ("Mails", settings.EMAIL_HOST if uses_mail_server() else settings.EMAIL_FILE_PATH),
            ("Listens on", f"{settings.HOST}, port {settings.PORT}; Ctrl-C stops it"),
        ]
        self.write_lines("", *(f"  {label:<11} {value}" for label, value in rows), "")

    def write_lines(self, *lines):
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
