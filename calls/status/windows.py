"""In how much time a call's next deadline is: windows that readers choose from."""

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


#: Each holds those before it: what is due within two weeks is due within a month.
WINDOWS = {
    Window.TWO_WEEKS: timedelta(days=14),
    Window.ONE_MONTH: timedelta(days=30),
    Window.THREE_MONTHS: timedelta(days=91),
}


def windows_of(deadline, now=None):
    """The windows that a deadline (or None for a call without one) is in at an instant."""
    if deadline is None:
        return [Window.NO_DATE]
    left = deadline - (now or clock.now())
    return [window for window, length in WINDOWS.items() if left <= length] or [Window.LATER]
