"""First and last instant of a date that is known to the minute, day, month or year."""

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

#: A day ends with its last second, not at midnight, so that its end is on the same date.
START = {"hour": 0, "minute": 0, "second": 0, "microsecond": 0}
END = {"hour": 23, "minute": 59, "second": 59, "microsecond": 0}


def first_instant(at, precision, zone):
    """Return the start of the day, month or year of `at` in a time zone, in UTC.

    With precision "minute", that is `at` itself.
    """
    start = {
        "minute": {},
        "day": START,
        "month": START | {"day": 1},
        "year": START | {"day": 1, "month": 1},
    }[precision]
    return _replace_local(at, zone, start)


def last_instant(at, precision, zone):
    """Return the end of the day, month or year of `at` in a time zone, in UTC.

    With precision "minute", that is `at` itself.
    """
    end = {
        "minute": {},
        "day": END,
        "month": END,
        "year": END | {"day": 31, "month": 12},
    }[precision]
    return _replace_local(at, zone, end, to_month_end=precision == "month")


def _replace_local(at, zone, parts, *, to_month_end=False):
    try:
        local = at.astimezone(ZoneInfo(zone)).replace(**parts)
        return (_month_end(local) if to_month_end else local).astimezone(UTC)
    except OverflowError:  # at the very ends of the calendar
        return at


def _month_end(local):
    following = local.replace(day=28) + timedelta(days=4)
    return following - timedelta(days=following.day)
