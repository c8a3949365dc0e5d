"""Command that runs background jobs outside the portal's own server."""

from django.core.management.base import BaseCommand

from publishing import jobs


class Command(BaseCommand):
    help = (
        "Publishes what is scheduled and does the nightly work, until it is interrupted. The "
        "portal's own server does so by itself: this is for other servers, and for cron."
    )

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Do what is due now, and end.")

    def handle(self, *args, once, **options):
        if once:
            jobs.run_due()
            return
        self.stdout.write("Looking for work; Ctrl-C ends it.")
        try:
            jobs.run_forever()
        except KeyboardInterrupt:
            self.stdout.write("Ended.")
