"""Simulated "now" for previews.

Everything shown to readers uses this clock; timestamps that are stored use Django's.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_instant = ContextVar("instant", default=None)


def now():
    return _instant.get() or timezone.now()


def is_set():
    """Return whether the clock is set to a simulated instant."""
    return _instant.get() is not None


def today():
    """Return the date in the portal's time zone."""
    return timezone.localdate(now())


@contextmanager
def set_to(instant):
    """Set the clock to an aware datetime; None leaves it unchanged."""
    token = _instant.set(instant or _instant.get())
    try:
        yield
    finally:
        _instant.reset(token)
