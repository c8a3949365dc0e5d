"""Command that runs background jobs outside the portal's own server."""

from django.core.management.base import BaseCommand

from publishing import jobs


class Command(BaseCommand):
    help = (
        "Runs scheduled publications and nightly jobs until it is interrupted. The portal's "
        "own server does this automatically; use this command with another server or cron."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--once", action="store_true", help="Run the jobs that are due now, then exit."
        )

    def handle(self, *args, once, **options):
        if once:
            jobs.run_due()
            return
        self.stdout.write("Waiting for jobs; press Ctrl-C to stop.")
        try:
            jobs.run_forever()
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")
