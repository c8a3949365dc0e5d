"""Dates of the demo content, absolute or relative to the day of loading.

"+12d 17:00"            in twelve days, at five
"+3w tue 17:00"         on Tuesday, three weeks after this one
"-2m"                   on the first day of the month before the last
"-2m thu"               on its first Thursday
"+1y"                   on the first day of next year
"clock change -1d 12:00"  at noon on the day before the zone's next clock change
"""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
RELATIVE = re.compile(
    r"(?P<base>clock change )?(?P<number>[+-]\d+)(?P<unit>[dwmy])"
    rf"(?: (?P<weekday>{'|'.join(WEEKDAYS)}))?(?: (?P<time>\d\d:\d\d))?"
)
#: Minimum time until the next clock change, so that a call can run up to it.
MIN_TIME_AHEAD = timedelta(days=21)


class DateParser:
    """Parser of the content's dates, relative to the day `today`."""

    def __init__(self, today):
        self.today = today

    def day(self, value, zone="UTC"):
        """Return the date of a TOML date or of a relative text."""
        if isinstance(value, date):
            return value
        parts = self._parts(value)
        start = (
            next_clock_change(self.today + MIN_TIME_AHEAD, zone)
            if parts["base"]
            else self.today
        )
        day = shift(start, int(parts["number"]), parts["unit"])
        if parts["weekday"]:
            day += timedelta(days=(WEEKDAYS.index(parts["weekday"]) - day.weekday()) % 7)
        return day

    def instant(self, value, zone, *, clock="00:00"):
        """Return the aware datetime, in that zone, of a TOML date, date-time or relative text.

        `clock` is the time used for a date without one.
        """
        if isinstance(value, datetime):
            return value.replace(tzinfo=ZoneInfo(zone))
        if isinstance(value, str):
            clock = self._parts(value)["time"] or clock
        at = time.fromisoformat(clock)
        return datetime.combine(self.day(value, zone), at, tzinfo=ZoneInfo(zone))

    @staticmethod
    def _parts(text):
        match = RELATIVE.fullmatch(text)
        if not match:
            raise ValueError(f"{text!r} is no date that the demo content can use.")
        return match


def shift(day, number, unit):
    """Return the day `number` days later, or the first day of a later week, month or year.

    `unit` is d, w, m or y; negative numbers go back.
    """
    if unit == "d":
        return day + timedelta(days=number)
    if unit == "w":
        return day + timedelta(weeks=number, days=-day.weekday())
    months = day.year * 12 + day.month - 1 + number if unit == "m" else (day.year + number) * 12
    return date(months // 12, months % 12 + 1, 1)


def next_clock_change(day, zone):
    """Return the first day from `day` on that does not have 24 hours in the zone.

    Returns `day` if there is none within a year.
    """
    midnight = datetime.combine(day, time(), tzinfo=ZoneInfo(zone))
    for _ in range(366):
        following = midnight + timedelta(days=1)
        if following.utcoffset() != midnight.utcoffset():
            return midnight.date()
        midnight = following
    return day
