"""Sends mails, beside the portal's own server or instead of it."""

import signal
import threading

from django.core.management.base import BaseCommand
from django.db import connections

from newsletter.delivery.sending import send_due
from newsletter.editions.starting import start_due

#: Seconds between two looks at what is due.
PAUSE = 5


class Command(BaseCommand):
    help = (
        "Sends editions, alerts and other mails that are due, until it is interrupted. Any "
        "number of these may run, on any number of machines."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--once", action="store_true", help="Send what is due now, and end."
        )
        parser.add_argument(
            "--connections",
            type=int,
            default=4,
            help="Connections to the mail server, each with a thread of its own (4).",
        )

    def handle(self, *args, once, connections, **options):
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        threads = [
            threading.Thread(target=work, args=(stop, once)) for _ in range(max(connections, 1))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def work(stop, once):
    try:
        while not stop.is_set():
            start_due()
            send_due(stop)
            if once or stop.wait(PAUSE):
                return
    finally:
        connections.close_all()
