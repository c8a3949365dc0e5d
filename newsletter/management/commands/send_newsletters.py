"""Command that sends mails, beside the portal's own server or instead of it."""

import logging
import signal
import threading

from django.core.management.base import BaseCommand
from django.db import close_old_connections, connections

from newsletter.delivery import send_due
from newsletter.editions import start_due

logger = logging.getLogger(__name__)

#: Seconds between two checks for due mails.
PAUSE = 5


class Command(BaseCommand):
    help = (
        "Sends editions, alerts and other e-mails that are due, until it is interrupted. You "
        "can run several of these, on several machines."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--once", action="store_true", help="Send what is due now, then exit."
        )
        parser.add_argument(
            "--connections",
            type=int,
            default=4,
            help="Connections to the mail server, each in its own thread (default: 4).",
        )

    def handle(self, *args, once, **options):
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        number = max(options["connections"], 1)
        threads = [
            threading.Thread(target=run_sender, args=(stop, once)) for _ in range(number)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def run_sender(stop, once):
    try:
        while not stop.is_set():
            send_pending(stop)
            if once or stop.wait(PAUSE):
                return
    finally:
        connections.close_all()


def send_pending(stop):
    """Send what is due now; log any failure, so that the next call retries."""
    close_old_connections()
    try:
        start_due()
        send_due(stop)
    except Exception:  # the database may only be away for a while
        logger.exception("Sending e-mails failed")
        connections.close_all()
