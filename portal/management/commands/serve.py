"""Command that prepares and serves the portal, for `make run` and for production."""

import signal
from contextlib import suppress

from django.core.cache import cache
from django.db import connections

from portal.management.commands import prepare
from portal.server import run_server


class Command(prepare.Command):
    help = (
        "Prepares the database, static files, a first staff account and (in an empty database) "
        "the demo content, then serves the portal until it is interrupted."
    )

    def execute(self, *args, **options):
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with suppress(KeyboardInterrupt):
            super().execute(*args, **options)
        self.write_lines("The portal has stopped.")

    def handle(self, *args, **options):
        super().handle(*args, **options)
        # Workers are copies of this process and must not share its connections.
        connections.close_all()
        cache.close()
        run_server()
