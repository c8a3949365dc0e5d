"""The status in Python and in the database follow the same table."""

from datetime import UTC, datetime, timedelta

import pytest

from calls.models import Call
from calls.status import Status, status_at, status_case, status_filter
from tests.factories import draft

NOW = datetime(2026, 3, 29, 0, 59, tzinfo=UTC)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)

SITUATIONS = [
    # opens, closes, decides, status
    (None, None, None, Status.FORTHCOMING),
    (+DAY, None, None, Status.FORTHCOMING),
    (+DAY, 30 * DAY, None, Status.FORTHCOMING),
    (None, 30 * DAY, None, Status.FORTHCOMING),
    (SECOND, 5 * DAY, None, Status.FORTHCOMING),
    (timedelta(0), None, None, Status.OPEN),
    (-DAY, None, None, Status.OPEN),
    (-DAY, None, DAY, Status.OPEN),
    (-DAY, 14 * DAY + SECOND, None, Status.OPEN),
    (-DAY, 14 * DAY, None, Status.CLOSING_SOON),
    (-DAY, SECOND, None, Status.CLOSING_SOON),
    (-DAY, timedelta(0), None, Status.CLOSED),
    (-DAY, -SECOND, None, Status.CLOSED),
    (None, -SECOND, None, Status.CLOSED),
    (-9 * DAY, -DAY, DAY, Status.IN_EVALUATION),
    (-9 * DAY, -DAY, SECOND, Status.IN_EVALUATION),
    (-9 * DAY, -DAY, timedelta(0), Status.CLOSED),
    (-9 * DAY, -5 * DAY, -DAY, Status.CLOSED),
    (DAY, -DAY, None, Status.CLOSED),
    (DAY, -DAY, DAY, Status.IN_EVALUATION),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("opens", "closes", "decides", "expected"), SITUATIONS)
def test_status_is_the_same_in_python_and_in_the_database(opens, closes, decides, expected):
    call = draft(Call)
    for name, delta in {"opens_at": opens, "closes_at": closes, "decides_at": decides}.items():
        setattr(call, name, None if delta is None else NOW + delta)
    call.save()
    assert status_at(call, NOW) == expected
    calls = Call.objects.annotate(now=status_case(NOW))
    assert calls.get().now == expected
    found = [s for s in Status if Call.objects.filter(status_filter(s, NOW)).exists()]
    assert found == [expected]
