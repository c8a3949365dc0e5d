"""Command that reads one returned mail.

The mail server pipes mails to the sender's address into it.
"""

import sys

from django.core.management.base import BaseCommand

from newsletter.delivery import MOST, take_returned


class Command(BaseCommand):
    help = (
        "Reads a returned mail (RFC 3464) from standard input, and writes no more to an "
        "address that does not exist. Other mails are left alone."
    )

    def handle(self, *args, **options):
        kind = take_returned(sys.stdin.buffer.read(MOST))
        self.stdout.write(kind or "Not about a mail of this portal.")
