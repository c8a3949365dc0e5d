"""Django's development server at the portal's address, with the portal's jobs."""

from django.conf import settings
from django.contrib.staticfiles.management.commands import runserver

from publishing import jobs


class Command(runserver.Command):
    default_addr = default_addr_ipv6 = settings.HOST
    default_port = str(settings.PORT)

    def handle(self, *args, **options):
        if not options["addrport"]:
            options["use_ipv6"] = ":" in settings.HOST
        super().handle(*args, **options)

    def inner_run(self, *args, **options):
        """Serve from this process, which is another one after each reload."""
        jobs.start()
        super().inner_run(*args, **options)
