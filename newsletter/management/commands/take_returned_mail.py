"""Command that reads one returned mail.

The mail server pipes mails to the sender's address into it.
"""

import sys

from django.core.management.base import BaseCommand

from newsletter.delivery import MAX_REPORT_BYTES, process_returned_mail


class Command(BaseCommand):
    help = (
        "Reads a returned e-mail (RFC 3464) from standard input, and blocks the address if it "
        "does not exist. Ignores all other e-mails."
    )

    def handle(self, *args, **options):
        kind = process_returned_mail(sys.stdin.buffer.read(MAX_REPORT_BYTES))
        self.stdout.write(kind or "Not a returned e-mail of this portal.")
