"""Status and stage: the same situations in Python, in the database and in the API."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from calls.models import Call, KeyDate
from calls.status import (
    FOREVER,
    Stage,
    Status,
    Timetable,
    Window,
    first_instant,
    last_instant,
    stage_at,
    status_at,
    windows_of,
)
from localisation import clock
from tests.factories import live

pytestmark = pytest.mark.django_db

FORTHCOMING, OPEN, SOON = Status.FORTHCOMING, Status.OPEN, Status.CLOSING_SOON
EVALUATION, CLOSED = Status.IN_EVALUATION, Status.CLOSED
RESULTS, SUSPENDED = Status.RESULTS_PUBLISHED, Status.SUSPENDED

PRE, FULL = Stage.PRE_PROPOSAL, Stage.FULL_PROPOSAL
FIRST, SECOND = Stage.PRE_EVALUATION, Stage.EVALUATION
REBUTTAL, PREPARATION, NONE = Stage.REBUTTAL, Stage.PREPARATION, ""

# Key dates as "kind  local date and time[..end]  [zone]  [certainty]". The length of the date
# is its precision: ten characters for a day, seven for a month, four for a year.
NOTHING = ""
ONE_STAGE = """
    opening        2026-01-05T09:00
    full-proposal  2026-03-10T17:00
    decision       2026-06-01T12:00
"""
TWO_STAGES = """
    opening         2026-01-05T09:00
    pre-proposal    2026-03-10T17:00
    stage-1-result  2026-05-04T12:00
    full-proposal   2026-06-30T17:00
    rebuttal        2026-09-07T09:00..2026-09-11T17:00
    decision        2026-11-02T12:00
    results         2026-11-16T10:00
    project-start   2027-02-01
"""
CUT_OFFS = """
    opening        2026-01-05T09:00
    full-proposal  2026-03-10T17:00
    full-proposal  2026-07-07T17:00
    full-proposal  2026-11-10T17:00
    results        2026-05-20T10:00
    results        2027-01-20T10:00
"""
PAUSED = """
    opening        2026-01-05T09:00
    full-proposal  2026-03-10T17:00
    suspension     2026-02-02T15:00
    resumption     2026-02-20T09:00
    decision       2026-06-01T12:00
"""
SPRING = """
    opening        2026-03-29
    full-proposal  2026-04-12T02:30
"""
AUTUMN = """
    opening        2026-10-01T09:00
    full-proposal  2026-10-25T02:30
"""
WHOLE_DAYS = """
    opening        2026-01-05
    full-proposal  2026-03-10
    decision       2026-06-01
"""
EXPECTED = """
    opening        2026-01-05  expected
    full-proposal  2026-03-10T17:00
"""
MONTHS = """
    opening        2026-01
    full-proposal  2026-03
    decision       2026-06
"""
SOFT_END = """
    opening        2026-01-05T09:00
    full-proposal  2026-03-10T17:00  expected
    decision       2026-06  expected
"""
NOT_BEFORE = """
    opening        2026-01-05T09:00
    full-proposal  2026-03-10T17:00
    decision       2026-06  not-before
"""

SITUATIONS = [
    # key dates, instant (in UTC), status, stage
    (NOTHING, "2026-03-01T00:00:00", FORTHCOMING, NONE),
    # One stage: each boundary, to the second. Brussels is at UTC+1 in winter.
    (ONE_STAGE, "2020-01-01T00:00:00", FORTHCOMING, NONE),
    (ONE_STAGE, "2026-01-05T07:59:59", FORTHCOMING, NONE),
    (ONE_STAGE, "2026-01-05T08:00:00", OPEN, FULL),
    (ONE_STAGE, "2026-02-24T15:59:59", OPEN, FULL),
    (ONE_STAGE, "2026-02-24T16:00:00", SOON, FULL),
    (ONE_STAGE, "2026-03-10T15:59:59", SOON, FULL),
    (ONE_STAGE, "2026-03-10T16:00:00", EVALUATION, SECOND),
    (ONE_STAGE, "2026-06-01T09:59:59", EVALUATION, SECOND),
    (ONE_STAGE, "2026-06-01T10:00:00", CLOSED, NONE),
    (ONE_STAGE, "2099-01-01T00:00:00", CLOSED, NONE),
    # Two stages: the call closes with the first.
    (TWO_STAGES, "2026-01-05T07:59:59", FORTHCOMING, NONE),
    (TWO_STAGES, "2026-01-05T08:00:00", OPEN, PRE),
    (TWO_STAGES, "2026-03-01T00:00:00", SOON, PRE),
    (TWO_STAGES, "2026-03-10T16:00:00", EVALUATION, FIRST),
    (TWO_STAGES, "2026-05-04T09:59:59", EVALUATION, FIRST),
    (TWO_STAGES, "2026-05-04T10:00:00", EVALUATION, FULL),
    (TWO_STAGES, "2026-06-30T14:59:59", EVALUATION, FULL),
    (TWO_STAGES, "2026-06-30T15:00:00", EVALUATION, SECOND),
    (TWO_STAGES, "2026-09-07T07:00:00", EVALUATION, REBUTTAL),
    (TWO_STAGES, "2026-09-11T14:59:59", EVALUATION, REBUTTAL),
    (TWO_STAGES, "2026-09-11T15:00:00", EVALUATION, SECOND),
    (TWO_STAGES, "2026-11-02T11:00:00", CLOSED, PREPARATION),
    (TWO_STAGES, "2026-11-16T08:59:59", CLOSED, PREPARATION),
    (TWO_STAGES, "2026-11-16T09:00:00", RESULTS, PREPARATION),
    (TWO_STAGES, "2027-02-01T22:59:58", RESULTS, PREPARATION),
    (TWO_STAGES, "2027-02-01T22:59:59", RESULTS, NONE),
    # Cut-offs: only the last one closes the call; two weeks before each it is closing soon.
    (CUT_OFFS, "2026-02-24T15:59:59", OPEN, FULL),
    (CUT_OFFS, "2026-02-24T16:00:00", SOON, FULL),
    (CUT_OFFS, "2026-03-10T15:59:59", SOON, FULL),
    (CUT_OFFS, "2026-03-10T16:00:00", OPEN, FULL),
    (CUT_OFFS, "2026-05-21T00:00:00", OPEN, FULL),
    (CUT_OFFS, "2026-06-23T15:00:00", SOON, FULL),
    (CUT_OFFS, "2026-07-07T15:00:00", OPEN, FULL),
    (CUT_OFFS, "2026-10-27T15:59:59", OPEN, FULL),
    (CUT_OFFS, "2026-10-27T16:00:00", SOON, FULL),
    (
        CUT_OFFS.replace("2026-03-10T17:00", "2026-03-10T17:00 expected"),
        "2026-03-09T00:00:00",
        OPEN,
        FULL,
    ),
    (
        "opening 2026-01-05\n full-proposal 2026-03-10\n full-proposal 2026-03-20",
        "2026-03-10T22:59:59",
        SOON,
        FULL,
    ),
    (CUT_OFFS, "2026-11-10T16:00:00", EVALUATION, SECOND),
    (CUT_OFFS, "2027-01-20T09:00:00", RESULTS, NONE),
    (
        "pre-proposal 2026-03-10T17:00\n pre-proposal 2026-05-12T17:00\n opening 2026-01-05",
        "2026-04-01T00:00:00",
        OPEN,
        PRE,
    ),
    # Suspension and resumption.
    (PAUSED, "2026-02-02T13:59:59", OPEN, FULL),
    (PAUSED, "2026-02-02T14:00:00", SUSPENDED, FULL),
    (PAUSED, "2026-02-20T07:59:59", SUSPENDED, FULL),
    (PAUSED, "2026-02-20T08:00:00", OPEN, FULL),
    (PAUSED, "2026-02-24T16:00:00", SOON, FULL),
    (
        PAUSED.replace(
            "resumption     2026-02-20T09:00", "resumption 2026-02-20T09:00 expected"
        ),
        "2026-02-21T00:00:00",
        SUSPENDED,
        FULL,
    ),
    (ONE_STAGE + "suspension 2026-02-02 expected", "2026-02-03T00:00:00", OPEN, FULL),
    (ONE_STAGE + "suspension 2026-02-02", "2026-02-01T23:00:00", SUSPENDED, FULL),
    (ONE_STAGE + "suspension 2026-02-02", "2026-03-11T00:00:00", SUSPENDED, SECOND),
    (
        ONE_STAGE + "suspension 2026-02-02\n results 2026-07-01",
        "2026-07-02T00:00:00",
        RESULTS,
        NONE,
    ),
    (ONE_STAGE + "suspension 2025-12-01", "2025-12-02T00:00:00", SUSPENDED, NONE),
    (PAUSED + "suspension 2026-03-02T09:00", "2026-03-02T08:00:00", SUSPENDED, FULL),
    (
        "suspension 2026-02-02T09:00\n resumption 2026-02-02T09:00" + ONE_STAGE,
        "2026-02-02T08:00:00",
        OPEN,
        FULL,
    ),
    # Daylight saving time: 02:30 doesn't exist on 29 March, and exists twice on 25 October.
    (SPRING, "2026-03-28T22:59:59", FORTHCOMING, NONE),
    (SPRING, "2026-03-28T23:00:00", OPEN, FULL),
    (SPRING, "2026-03-29T00:29:59", OPEN, FULL),
    # 14 days are 14 × 24 hours: across the change, 01:30 local time instead of 02:30.
    (SPRING, "2026-03-29T00:30:00", SOON, FULL),
    (SPRING, "2026-04-12T00:30:00", CLOSED, NONE),
    (AUTUMN, "2026-10-25T00:29:59", SOON, FULL),
    (AUTUMN, "2026-10-25T00:30:00", CLOSED, NONE),
    ("opening 2026-10-01\n full-proposal 2026-10-25", "2026-10-25T22:59:58", SOON, FULL),
    ("opening 2026-10-01\n full-proposal 2026-10-25", "2026-10-25T22:59:59", CLOSED, NONE),
    # Time zones: the same day ends at different instants.
    (
        "opening 2026-01-05\n full-proposal 2026-03-10 America/New_York",
        "2026-03-11T03:59:58",
        SOON,
        FULL,
    ),
    (
        "opening 2026-01-05\n full-proposal 2026-03-10 America/New_York",
        "2026-03-11T03:59:59",
        CLOSED,
        NONE,
    ),
    (
        "opening 2026-01-05\n full-proposal 2026-03-10 Pacific/Kiritimati",
        "2026-03-10T09:59:59",
        CLOSED,
        NONE,
    ),
    ("opening 2026-01-05T00:00 Asia/Kathmandu", "2026-01-04T18:14:59", FORTHCOMING, NONE),
    ("opening 2026-01-05T00:00 Asia/Kathmandu", "2026-01-04T18:15:00", OPEN, FULL),
    # Whole days: from midnight to the last second, in their zone.
    (WHOLE_DAYS, "2026-01-04T22:59:59", FORTHCOMING, NONE),
    (WHOLE_DAYS, "2026-01-04T23:00:00", OPEN, FULL),
    (WHOLE_DAYS, "2026-03-10T22:59:58", SOON, FULL),
    (WHOLE_DAYS, "2026-03-10T22:59:59", EVALUATION, SECOND),
    (WHOLE_DAYS, "2026-06-01T21:59:58", EVALUATION, SECOND),
    (WHOLE_DAYS, "2026-06-01T21:59:59", CLOSED, NONE),
    # Expected dates don't open a call, but close it, without "closing soon" before.
    (EXPECTED, "2026-01-06T00:00:00", FORTHCOMING, NONE),
    (EXPECTED, "2026-03-09T00:00:00", FORTHCOMING, NONE),
    (EXPECTED, "2026-03-11T00:00:00", CLOSED, NONE),
    (EXPECTED + "opening 2026-02-02T09:00", "2026-02-02T08:00:00", OPEN, FULL),
    ("opening 2026-01-05 not-before", "2026-06-01T00:00:00", FORTHCOMING, NONE),
    ("publication 2026-01-05 expected", "2026-06-01T00:00:00", FORTHCOMING, NONE),
    (
        "publication 2026-01-02\n opening 2026-02 expected",
        "2026-03-01T00:00:00",
        FORTHCOMING,
        NONE,
    ),
    (MONTHS, "2026-02-15T00:00:00", FORTHCOMING, NONE),
    (MONTHS, "2026-03-31T21:59:58", FORTHCOMING, NONE),
    (MONTHS, "2026-03-31T21:59:59", EVALUATION, SECOND),
    (MONTHS, "2026-06-30T21:59:59", CLOSED, NONE),
    ("opening 2026-01-05\n full-proposal 2026", "2026-12-31T22:59:58", OPEN, FULL),
    ("opening 2026-01-05\n full-proposal 2026", "2026-12-31T22:59:59", CLOSED, NONE),
    (SOFT_END, "2026-03-09T00:00:00", OPEN, FULL),
    (SOFT_END, "2026-03-10T16:00:00", EVALUATION, SECOND),
    (SOFT_END, "2026-06-30T22:00:00", CLOSED, NONE),
    (ONE_STAGE + "results 2026-07-01 expected", "2026-07-03T00:00:00", CLOSED, NONE),
    # "Not before" is never treated as passed.
    (NOT_BEFORE, "2026-07-01T00:00:00", EVALUATION, SECOND),
    (NOT_BEFORE + "project-start 2026-12 expected", "2026-12-31T23:00:00", CLOSED, NONE),
    (NOT_BEFORE + "results 2026-10-01", "2026-10-01T00:00:00", RESULTS, NONE),
    (
        "opening 2026-01-05\n full-proposal 2026-03-10 not-before",
        "2026-04-01T00:00:00",
        OPEN,
        FULL,
    ),
    # Missing dates.
    ("opening 2026-01-05T09:00", "2030-01-01T00:00:00", OPEN, FULL),
    ("opening 2026-01-05T09:00\n decision 2026-06-01", "2026-07-01T00:00:00", OPEN, FULL),
    ("publication 2026-01-05", "2026-01-04T23:00:00", OPEN, FULL),
    ("full-proposal 2026-03-10T17:00", "1999-01-01T00:00:00", OPEN, FULL),
    ("full-proposal 2026-03-10T17:00", "2026-03-01T00:00:00", SOON, FULL),
    ("full-proposal 2026-03-10 expected", "2026-03-01T00:00:00", FORTHCOMING, NONE),
    (
        "pre-announcement 2026-01-02\n full-proposal 2026-03-10",
        "2026-02-01T00:00:00",
        FORTHCOMING,
        NONE,
    ),
    (
        "opening 2026-01-05\n pre-proposal 2026-03-10\n full-proposal 2026-06-30",
        "2026-04-01T00:00:00",
        EVALUATION,
        FULL,
    ),
    (
        "opening 2026-01-05\n pre-proposal 2026-03-10\n full-proposal 2026-06-30",
        "2026-07-01T00:00:00",
        CLOSED,
        NONE,
    ),
    ("opening 2026-01-05\n results 2026-10-01", "2026-09-01T00:00:00", OPEN, FULL),
    ("opening 2026-01-05\n results 2026-10-01", "2026-10-01T12:00:00", RESULTS, NONE),
    ("registration 2026-02-01\n opening 2026-01-05", "2026-02-02T00:00:00", OPEN, FULL),
    (TWO_STAGES.replace("..2026-09-11T17:00", ""), "2026-09-07T21:59:58", EVALUATION, REBUTTAL),
    (TWO_STAGES.replace("..2026-09-11T17:00", ""), "2026-09-07T22:00:00", EVALUATION, SECOND),
    (
        TWO_STAGES.replace("..2026-09-11T17:00", " expected"),
        "2026-09-07T08:00:00",
        EVALUATION,
        SECOND,
    ),
    # Contradictory dates: a closed call stays closed.
    ("opening 2026-05-01\n full-proposal 2026-03-10", "2026-04-01T00:00:00", CLOSED, NONE),
    ("opening 2026-05-01\n full-proposal 2026-03-10", "2026-06-01T00:00:00", CLOSED, NONE),
]
PRECISIONS = {16: "minute", 10: "day", 7: "month", 4: "year"}


def key_dates(call, text):
    """Return unsaved KeyDates from the text of a situation."""
    return [key_date(call, *line.split()) for line in text.splitlines() if line.strip()]


def key_date(call, kind, when, *options):
    start, _dots, end = when.partition("..")
    zone = next((o for o in options if "/" in o), "Europe/Brussels")
    return KeyDate(
        call=call,
        kind=kind,
        at=local(start, zone),
        ends_at=local(end, zone) if end else None,
        timezone=zone,
        certainty=next((o for o in options if "/" not in o), "exact"),
        precision=PRECISIONS[len(start)],
    )


def local(text, zone):
    whole = {4: "-01-01", 7: "-01"}.get(len(text), "")
    return datetime.fromisoformat(text + whole).replace(tzinfo=ZoneInfo(zone))


def call_with(text):
    call = live(Call)
    KeyDate.objects.bulk_create(key_dates(call, text))
    call.update_instants()
    return Call.objects.get()


@pytest.mark.parametrize(("text", "instant", "status", "stage"), SITUATIONS)
def test_status_and_stage_are_the_same_everywhere(client, text, instant, status, stage):
    now = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    call = call_with(text)

    assert (status_at(call, now), stage_at(call, now)) == (status, stage)

    assert [s for s in Status if Call.objects.with_status(s, now=now)] == [status]
    assert [s for s in Stage if Call.objects.with_stage(s, now=now)] == (
        [stage] if stage else []
    )
    annotated = Call.objects.annotate_status(now).get()
    assert (annotated.status_now, annotated.stage_now) == (status, stage)

    with clock.set_to(now):
        data = client.get(f"/api/v1/calls/{call.pk}/").json()
        query = {"status": status} | ({"stage": stage} if stage else {})
        found = client.get("/api/v1/calls/", query).json()
    assert (data["status"], data["stage"] or "") == (status, stage)
    assert [item["id"] for item in found["results"]] == [call.pk]


@pytest.mark.parametrize(("text", "instant", "status", "stage"), SITUATIONS)
def test_timetable_needs_no_database(text, instant, status, stage):
    at = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    timetable = Timetable(key_dates(None, text))
    assert (timetable.status_at(at), timetable.stage_at(at)) == (status, stage)
    spans = timetable.spans()
    assert [
        (span.status, span.stage) for span in spans if span.starts_at <= at < span.ends_at
    ] == (
        []
        if (status, stage, timetable.deadline_at(at)) == (FORTHCOMING, NONE, None)
        else [(status, stage)]
    )


def test_spans_follow_each_other_and_differ():
    timetable = Timetable(key_dates(None, TWO_STAGES))
    spans = timetable.spans()
    assert [(span.starts_at.isoformat()[:16], span.status, span.stage) for span in spans] == [
        ("0001-01-01T00:00", FORTHCOMING, NONE),
        ("2026-01-05T08:00", OPEN, PRE),
        ("2026-02-24T16:00", SOON, PRE),
        ("2026-03-10T16:00", EVALUATION, FIRST),
        ("2026-05-04T10:00", EVALUATION, FULL),
        ("2026-06-30T15:00", EVALUATION, SECOND),
        ("2026-09-07T07:00", EVALUATION, REBUTTAL),
        ("2026-09-11T15:00", EVALUATION, SECOND),
        ("2026-11-02T11:00", CLOSED, PREPARATION),
        ("2026-11-16T09:00", RESULTS, PREPARATION),
        ("2027-02-01T22:59", RESULTS, NONE),
    ]
    ends = [span.ends_at for span in spans]
    assert ends == [*(span.starts_at for span in spans[1:]), FOREVER]
    assert [span.deadline_at for span in spans] == [
        *[datetime(2026, 3, 10, 16, tzinfo=UTC)] * 3,
        *[datetime(2026, 6, 30, 15, tzinfo=UTC)] * 2,
        *[None] * 6,
    ]


def test_call_without_key_dates_has_no_spans():
    assert Timetable([]).spans() == []


@pytest.mark.parametrize(
    ("text", "opens", "closes"),
    [
        (NOTHING, None, None),
        (TWO_STAGES, "2026-01-05T08:00", "2026-03-10T16:00"),
        (CUT_OFFS, "2026-01-05T08:00", "2026-11-10T16:00"),
        ("publication 2026-01-05\n opening 2026-02-01", "2026-01-31T23:00", None),
        ("opening 2026-03-01\n opening 2026-02-01 expected", "2026-01-31T23:00", None),
        ("publication 2026-01-05", "2026-01-04T23:00", None),
    ],
)
def test_call_stores_its_first_opening_and_its_last_deadline(text, opens, closes):
    found = Timetable(key_dates(None, text)).instants()
    told = {name: at and at.isoformat()[:16] for name, at in found.items()}
    assert told == {"opens_at": opens, "closes_at": closes}


@pytest.mark.parametrize(
    ("precision", "zone", "first", "last"),
    [
        ("minute", "Europe/Brussels", "2024-02-10T12:34:56.789", "2024-02-10T12:34:56.789"),
        ("day", "Europe/Brussels", "2024-02-09T23:00:00", "2024-02-10T22:59:59"),
        ("month", "Europe/Brussels", "2024-01-31T23:00:00", "2024-02-29T22:59:59"),
        ("year", "Europe/Brussels", "2023-12-31T23:00:00", "2024-12-31T22:59:59"),
        ("day", "Pacific/Kiritimati", "2024-02-10T10:00:00", "2024-02-11T09:59:59"),
    ],
)
def test_date_lasts_for_its_day_month_or_year(precision, zone, first, last):
    at = datetime(2024, 2, 10, 12, 34, 56, 789000, tzinfo=UTC)
    assert first_instant(at, precision, zone) == utc(first)
    assert last_instant(at, precision, zone) == utc(last)


@pytest.mark.parametrize(("month", "last"), [(1, 31), (2, 28), (4, 30), (12, 31)])
def test_month_ends_on_its_last_day(month, last):
    for day in (1, 28, last):
        end = last_instant(datetime(2026, month, day, 12, tzinfo=UTC), "month", "UTC")
        assert end == datetime(2026, month, last, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("precision", ["day", "month", "year"])
def test_instant_at_the_end_of_the_calendar_stands_for_itself(precision):
    at = datetime(9999, 12, 31, 23, 30, tzinfo=UTC)
    assert last_instant(at, precision, "America/New_York") == at
    at = datetime(1, 1, 1, 0, 30, tzinfo=UTC)
    assert first_instant(at, precision, "Pacific/Kiritimati") == at


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "windows"),
    [
        (14, [Window.TWO_WEEKS, Window.ONE_MONTH, Window.THREE_MONTHS]),
        (15, [Window.ONE_MONTH, Window.THREE_MONTHS]),
        (30, [Window.ONE_MONTH, Window.THREE_MONTHS]),
        (31, [Window.THREE_MONTHS]),
        (91, [Window.THREE_MONTHS]),
        (92, [Window.LATER]),
    ],
)
def test_windows_of_a_deadline_are_cumulative(days, windows):
    now = datetime(2026, 3, 1, tzinfo=UTC)
    assert windows_of(now + timedelta(days=days), now) == windows
    with clock.set_to(now):
        assert windows_of(now + timedelta(days=days)) == windows
    assert windows_of(None) == [Window.NO_DATE]


def test_there_are_enough_situations():
    assert len(SITUATIONS) == len({row[:2] for row in SITUATIONS}) >= 60
    assert {row[2] for row in SITUATIONS} == set(Status)
    assert {row[3] for row in SITUATIONS} == {*Stage, ""}


@pytest.mark.parametrize("text", sorted({row[0] for row in SITUATIONS}))
def test_phases_say_at_each_turn_what_the_key_dates_say(text):
    """Compare at each instant of change, and a second before and after it."""
    call = call_with(text)
    timetable = Timetable(call.key_dates.all())
    second = timedelta(seconds=1)
    change_points = [turn for turn in timetable.change_points if turn.year > 1]
    for now in {
        turn + beside for turn in change_points for beside in (-second, 0 * second, second)
    }:
        found = Call.objects.annotate_status(now).get()
        expected = timetable.status_at(now), timetable.stage_at(now)
        assert (found.status_now, found.stage_now) == expected
        phase = call.phases.at(now).first()
        assert (phase and phase.deadline_at) == timetable.deadline_at(now)


def test_time_of_writing_does_not_matter():
    with clock.set_to(datetime(2001, 1, 1, tzinfo=UTC)):
        call = call_with(TWO_STAGES)
        before = list(call.phases.values("starts_at", "ends_at", "status", "stage"))
    with clock.set_to(datetime(2050, 1, 1, tzinfo=UTC)):
        call.update_instants()
    assert list(call.phases.values("starts_at", "ends_at", "status", "stage")) == before


@pytest.mark.parametrize("year", [1, 1949, 2201, 9999])
def test_year_that_nobody_means_is_refused_in_words(year):
    date = key_date(live(Call), "opening", "2026-01-05")
    date.at = date.ends_at = datetime(year, 12, 31, 23, 30, tzinfo=UTC)
    with pytest.raises(ValidationError) as refused:
        date.full_clean()
    message = ["Enter a year between 1950 and 2200."]
    assert refused.value.message_dict == {"at": message, "ends_at": message}


@pytest.mark.parametrize("precision", KeyDate.Precision.values)
def test_ends_of_the_calendar_have_a_status_too(precision):
    for year, month, day in [(1, 1, 1), (9999, 12, 31)]:
        at = datetime(year, month, day, 23 if month == 12 else 0, 30, tzinfo=UTC)
        for zone in ("America/New_York", "Pacific/Kiritimati"):
            date = KeyDate(kind="full-proposal", at=at, precision=precision, timezone=zone)
            assert Timetable([date]).status_at(datetime(2026, 1, 1, tzinfo=UTC))


def test_next_deadline_of_a_call_with_cut_offs_orders_the_list():
    with clock.set_to(datetime(2026, 2, 1, tzinfo=UTC)):
        later = call_with("opening 2026-01-05\n full-proposal 2026-04-01")
        cut_offs = live(Call)
        KeyDate.objects.bulk_create(key_dates(cut_offs, CUT_OFFS))
        cut_offs.update_instants()
        assert list(Call.objects.by_deadline()) == [cut_offs, later]
        assert cut_offs.hero_date.at == datetime(2026, 3, 10, 16, tzinfo=UTC)


REGISTRATION = """
    opening         2026-01-05T09:00
    registration    2026-02-24T17:00
    pre-proposal    2026-03-10T17:00
    full-proposal   2026-06-30T17:00
    decision        2026-11    expected
"""
DECIDED = """
    pre-proposal   2026-01-05
    decision       2026-02-02
    full-proposal  2026  expected
"""
UNDATED = "full-proposal  2026-03-10T17:00  not-before"


@pytest.mark.parametrize(
    ("text", "instant", "deadline", "hero"),
    [
        (REGISTRATION, "2026-01-01T12:00", "registration", "opening"),
        (REGISTRATION, "2026-02-01T12:00", "registration", "pre-proposal"),
        (REGISTRATION, "2026-03-01T12:00", "pre-proposal", "pre-proposal"),
        (REGISTRATION, "2026-05-01T12:00", "full-proposal", "decision"),
        (REGISTRATION, "2026-08-01T12:00", None, "decision"),
        (PAUSED, "2026-02-10T12:00", "full-proposal", "suspension"),
        (DECIDED, "2026-02-10T12:00", None, "pre-proposal"),
        (UNDATED, "2026-02-01T12:00", None, "full-proposal"),
    ],
)
def test_next_deadline_is_the_earliest_of_any_kind(client, text, instant, deadline, hero):
    """Compare Python, database and API; another `hero_date` is followed by the deadline."""
    now = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    call = call_with(text)
    with clock.set_to(now):
        found = call.next_deadline
        assert (found and found.kind, call.hero_date.kind) == (deadline, hero)
        assert call.secondary_deadline == (None if deadline == hero else found)
        deadline_now = Call.objects.annotate_status().get().deadline_now
        assert deadline_now == (found and found.last_instant)
        told = client.get(f"/api/v1/calls/{call.pk}/").json()["next_deadline"]
        assert (told and told["kind"]) == deadline


def test_registration_is_told_wherever_the_next_deadline_is(client):
    call_with(REGISTRATION)
    with clock.set_to(datetime(2026, 2, 20, tzinfo=UTC)):
        query = "deadline=2-weeks&status=open"
        cards = client.get(f"/en/calls/?{query}").content.decode()
        table = client.get(f"/en/calls/?{query}&view=table").content.decode()
        page = client.get(Call.objects.get().get_absolute_url()).content.decode()
        mail = client.get(f"/en/calls/mail.html?{query}").context["text"]
        rows = b"".join(client.get(f"/en/calls/export.csv?{query}")).decode()
    for text in (cards, table, page):
        beside = text.split('class="next_deadline"')[1]
        assert "Next deadline" in beside
        assert "Deadline for registration" in beside.split("days left")[0]
    for text in (mail, rows):
        assert "Deadline for registration: 24 February 2026, 17:00" in text
    assert ",Deadline for registration,Exact," in rows
