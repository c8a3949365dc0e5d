from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from calls.models import Call
from calls.status import Status
from tests.factories import draft, key_date, offer, organisation, published

pytestmark = pytest.mark.django_db


def test_status_follows_when_a_key_date_moves_or_goes():
    call = published(Call)
    opening = key_date(call, "opening", -3)
    deadline = key_date(call, "full-proposal", 5)
    assert Call.objects.get().status == Status.CLOSING_SOON
    deadline.at = timezone.now() + timedelta(days=50)
    deadline.save()
    assert Call.objects.get().status == Status.OPEN
    opening.delete()
    deadline.delete()
    assert Call.objects.get().status == Status.FORTHCOMING


def test_two_stage_call_closes_to_newcomers_with_its_first_stage():
    call = published(Call)
    key_date(call, "opening", -60)
    key_date(call, "pre-proposal", -1)
    key_date(call, "full-proposal", 60)
    key_date(call, "decision", 120)
    assert Call.objects.get().status == Status.IN_EVALUATION


def test_next_deadline_is_the_nearest_ahead():
    call = draft(Call)
    key_date(call, "pre-proposal", -2)
    full = key_date(call, "full-proposal", 9)
    key_date(call, "full-proposal", 40)
    key_date(call, "decision", 3)
    assert call.next_deadline == full


def test_call_without_dates_has_no_deadline_and_no_steps():
    call = draft(Call)
    assert call.next_deadline is None
    assert call.hero_date is None
    assert call.next_date is None


def test_next_date_is_the_first_ahead_of_whatever_kind():
    call = draft(Call)
    key_date(call, "decision", 30)
    coming = key_date(call, "info-day", 9)
    key_date(call, "opening", -9)
    assert call.next_date == coming
    assert [date.kind for date in call.dates()] == ["opening", "info-day", "decision"]


def test_month_or_year_stands_after_the_days_that_are_known_in_it():
    call = draft(Call)
    for kind, at, precision in [
        ("project-start", datetime(2027, 1, 1, tzinfo=UTC), "year"),
        ("decision", datetime(2027, 2, 1, tzinfo=UTC), "month"),
        ("full-proposal", datetime(2027, 2, 3, 16, tzinfo=UTC), "minute"),
        ("opening", datetime(2027, 2, 3, 9, tzinfo=UTC), "day"),
    ]:
        call.key_dates.create(kind=kind, at=at, precision=precision)
    kinds = [date.kind for date in call.dates()]
    assert kinds == ["opening", "full-proposal", "decision", "project-start"]


def test_budgets_are_drawn_as_bars_when_there_are_several_to_compare():
    call = draft(Call)
    offer(call, amount=2_000_000, organisation=organisation(acronym_en="A"))
    assert call.budget_bars() == []
    offer(call, amount=500_000, organisation=organisation(acronym_en="B"))
    offer(call, organisation=organisation(acronym_en="C"))
    bars = [(bar["label"], bar["value"], bar["text"]) for bar in call.budget_bars()]
    assert bars == [("A", 100, "€2 million"), ("B", 25, "€500,000")]
    offer(call, amount=1, amount_currency="GBP")
    assert call.budget_bars() == []
