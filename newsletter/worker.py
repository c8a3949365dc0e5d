"""Sending within the portal's own server: no other process, and no broker, is needed."""

import atexit
import logging
import threading

from django.db import connections

from newsletter.delivery import send_due
from newsletter.editions import start_due
from newsletter.models import Delivery
from publishing.jobs import regularly

logger = logging.getLogger(__name__)

#: Seconds that a mail under way has when the server ends.
PATIENCE = 5
_stop = threading.Event()
_threads = []


@regularly
def send_mails():
    """Begin what is due, in a thread of its own: an edition takes hours, and what else is due
    must not wait for it."""
    start_due()
    _threads[:] = [thread for thread in _threads if thread.is_alive()]
    if not _threads and has_work():
        thread = threading.Thread(target=_send, name="mail", daemon=True)
        _threads.append(thread)
        thread.start()


def has_work():
    held = Delivery.objects.filter(state__in=Delivery.HELD)
    return Delivery.objects.due().exists() or held.exists()


def _send():
    try:
        send_due(_stop)
    except Exception:  # the database is away: the next look begins anew
        logger.exception("Sending mails failed")
    finally:
        connections.close_all()


@atexit.register
def stop():
    """Let the mail under way end: of one that is cut off nobody knows whether it was sent."""
    _stop.set()
    for thread in _threads:
        thread.join(PATIENCE)
