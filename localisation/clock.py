"""Simulated "now" for previews.

Everything shown to readers uses this clock; timestamps that are stored use Django's.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, time, timedelta

from django.utils import timezone

from page_cache.dependencies import change_at

#: Lifetime of a cached page that reads the clock without saying when its answer changes.
UNCERTAIN = timedelta(seconds=30)

_instant = ContextVar("instant", default=None)


def now():
    """Return the current instant, or the simulated one.

    A page of the cache expires soon, since what is worked out from the instant changes with
    time. A caller that knows when uses `current` and `page_cache.dependencies.change_at`.
    """
    at = current()
    change_at(at + UNCERTAIN)
    return at


def current():
    """Return the current instant, or the simulated one, without letting the page expire."""
    return _instant.get() or timezone.now()


def is_set():
    """Return whether the clock is set to a simulated instant."""
    return _instant.get() is not None


def today():
    """Return the date in the portal's time zone; the page is current until it ends."""
    local = timezone.localtime(current())
    tomorrow = datetime.combine(local.date() + timedelta(days=1), time.min, local.tzinfo)
    change_at(tomorrow)
    return local.date()


@contextmanager
def set_to(instant):
    """Set the clock to an aware datetime; None leaves it unchanged."""
    token = _instant.set(instant or _instant.get())
    try:
        yield
    finally:
        _instant.reset(token)
