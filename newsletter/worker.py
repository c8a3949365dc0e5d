"""Sending within the portal's server; no other process or broker is needed."""

import atexit
import logging
import threading

from django.db import connections

from newsletter.delivery import send_due
from newsletter.editions import start_due
from newsletter.models import Delivery
from publishing.jobs import regularly

logger = logging.getLogger(__name__)

#: Seconds to wait for a mail in progress when the server stops.
SHUTDOWN_TIMEOUT = 5
_stop = threading.Event()
_threads = []


@regularly
def send_mails():
    """Start sending the due mails in a separate thread.

    An edition takes hours and must not block other jobs.
    """
    start_due()
    _threads[:] = [thread for thread in _threads if thread.is_alive()]
    if not _threads and has_work():
        thread = threading.Thread(target=_send, name="mail", daemon=True)
        _threads.append(thread)
        thread.start()


def has_work():
    leased = Delivery.objects.filter(state__in=Delivery.LEASED)
    return Delivery.objects.due().exists() or leased.exists()


def _send():
    try:
        send_due(_stop)
    except Exception:  # e.g. the database is away; the next run retries
        logger.exception("Sending e-mails failed")
    finally:
        connections.close_all()


@atexit.register
def stop():
    """Wait for the mail in progress, whose result would be unknown if it were cut off."""
    _stop.set()
    for thread in _threads:
        thread.join(SHUTDOWN_TIMEOUT)
