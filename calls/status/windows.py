"""Time windows until the next deadline of a call, as choices of a filter."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from localisation import clock


class Window(models.TextChoices):
    TWO_WEEKS = "2-weeks", _("Within 2 weeks")
    ONE_MONTH = "1-month", _("Within 1 month")
    THREE_MONTHS = "3-months", _("Within 3 months")
    LATER = "later", _("Later")
    NO_DATE = "no-date", _("No date yet")


#: Cumulative: a deadline within two weeks is also within a month.
WINDOWS = {
    Window.TWO_WEEKS: timedelta(days=14),
    Window.ONE_MONTH: timedelta(days=30),
    Window.THREE_MONTHS: timedelta(days=91),
}


def windows_of(deadline, now=None):
    """Return the windows of a deadline at an instant; `deadline` is None if there is none."""
    if deadline is None:
        return [Window.NO_DATE]
    remaining = deadline - (now or clock.now())
    return [window for window, length in WINDOWS.items() if remaining <= length] or [
        Window.LATER
    ]
