"""Now, as readers' pages are made for it: the present, or the instant that a preview is as on.

What readers see is worked out from this clock; what is recorded, from Django's own.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_instant = ContextVar("instant", default=None)


def now():
    return _instant.get() or timezone.now()


def is_set():
    """Whether it stands at an instant of somebody's choice."""
    return _instant.get() is not None


def today():
    """The date in the portal's zone."""
    return timezone.localdate(now())


@contextmanager
def set_to(instant):
    """Let the clock stand at an aware datetime; None leaves it as it is."""
    token = _instant.set(instant or _instant.get())
    try:
        yield
    finally:
        _instant.reset(token)
