from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal.demo import DateParser

#: A Friday.
TODAY = date(2026, 3, 6)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("+12d", date(2026, 3, 18)),
        ("-1d", date(2026, 3, 5)),
        ("+0w", date(2026, 3, 2)),
        ("+3w tue", date(2026, 3, 24)),
        ("-1w sun", date(2026, 3, 1)),
        ("+10m", date(2027, 1, 1)),
        ("-3m", date(2025, 12, 1)),
        ("-2m thu", date(2026, 1, 1)),
        ("+1y", date(2027, 1, 1)),
        (date(2016, 11, 1), date(2016, 11, 1)),
    ],
)
def test_days_count_from_the_day_of_loading(text, day):
    assert DateParser(TODAY).day(text) == day


def test_instants_are_in_the_zone_of_their_row():
    helsinki = ZoneInfo("Europe/Helsinki")

    at = DateParser(TODAY).instant("+5d 16:15", "Europe/Helsinki")

    assert at == datetime(2026, 3, 11, 16, 15, tzinfo=helsinki)


@pytest.mark.parametrize(
    "today", [TODAY, date(2026, 3, 27), date(2026, 10, 1), date(2026, 12, 31)]
)
def test_a_call_around_a_change_of_clocks_lies_ahead(today):
    calendar = DateParser(today)

    opens = calendar.instant("clock change -14d 09:00", "Europe/Brussels")
    closes = calendar.instant("clock change +1d 17:00", "Europe/Brussels")

    assert opens.date() > today
    assert opens.utcoffset() != closes.utcoffset()
    assert closes.date() - opens.date() == timedelta(days=15)


@pytest.mark.parametrize("text", ["tomorrow", "12d", "+3w tuesday", "+3x", "+1d 5pm", ""])
def test_other_texts_are_refused_as_dates(text):
    with pytest.raises(ValueError, match="no date"):
        DateParser(TODAY).day(text)
