"""Background jobs: regular and nightly ones."""

from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from django.core.management import call_command
from django.utils import timezone

from publishing import jobs
from publishing.models import NightlyRun

pytestmark = pytest.mark.django_db


@pytest.fixture
def calls(monkeypatch):
    """Return the names of executed jobs; one is regular, one nightly, one always fails."""
    done = []

    def broken():
        done.append("broken")
        raise RuntimeError("Out of paper")

    def often():
        done.append("often")

    def by_night():
        done.append("by night")

    monkeypatch.setattr(jobs, "_regular", {})
    monkeypatch.setattr(jobs, "_nightly", {})
    jobs.nightly(broken)
    jobs.nightly(by_night)
    jobs.regularly(often)
    return done


def test_nightly_work_is_done_once_a_night_whoever_looks(calls):
    now = timezone.now()
    for _worker in range(2):
        jobs.run_due(now)
    assert calls == ["often", "often"]
    for _worker in range(2):
        jobs.run_due(now + timedelta(days=1))
    assert calls.count("by night") == 1
    jobs.run_due(now + timedelta(days=2))
    assert calls.count("by night") == 2


def test_failing_work_is_noted_and_holds_up_nothing(calls):
    jobs.run_due()
    jobs.run_due(timezone.now() + timedelta(days=1))
    assert {"broken", "by night"} <= set(calls)
    problems = dict(NightlyRun.objects.values_list("name", "problem"))
    assert sorted(problems.values()) == ["", "RuntimeError: Out of paper"]


@pytest.mark.parametrize(
    ("now", "night"),
    [
        (datetime(2026, 11, 22, 1, 59, tzinfo=UTC), datetime(2026, 11, 22, 2, tzinfo=UTC)),
        (datetime(2026, 11, 22, 2, 0, tzinfo=UTC), datetime(2026, 11, 23, 2, tzinfo=UTC)),
        # The clocks go forward: 03:00 in Brussels is 01:00 UTC now.
        (datetime(2027, 3, 27, 12, 0, tzinfo=UTC), datetime(2027, 3, 28, 1, tzinfo=UTC)),
    ],
)
def test_night_falls_by_the_clock_of_the_office(now, night):
    assert jobs.next_night(now) == night


def test_command_does_what_is_due_and_ends(calls):
    call_command("run_jobs", "--once")
    assert calls == ["often"]


def test_looking_for_work_goes_on_when_the_database_is_away(calls, monkeypatch):
    stop = Event()

    def away():
        stop.set()
        raise ConnectionError

    monkeypatch.setattr(jobs, "PAUSE", 0)
    monkeypatch.setattr(jobs, "run_due", away)
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)
    jobs.run_forever(stop)
    assert stop.is_set()
