"""Facets of calls: facet index, database filters and naive counts agree."""

from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random

import pytest
from django.http import QueryDict

from calls.call_facets import Budget, band_of
from calls.filters import CallFilter
from calls.models import Call
from calls.status import FOREVER, Stage, Status, Window, windows_of
from localisation import clock
from tests import factories

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
QUERIES = [
    "",
    "status=open&status=closing_soon",
    "status=forthcoming&deadline=2-weeks",
    "deadline=1-month",
    "deadline=later",
    "deadline=no-date",
    "applicant=hospital&trl=3",
    "trl=1&trl=9&country=BE",
    "budget=up-to-1m&budget=unknown",
    "budget=other-currency&kind=national",
    "budget=1m-5m&status=open",
    "budget=above-20m",
    "topic=health&deadline=3-months",
    "topic=rare&topic=water&applicant=company&applicant=university",
    "posted_since=2026-01-01&status=open",
    "deadline_until=2026-05-01&topic=health",
    "sort=newest&country=FR",
    "sort=budget",
    "sort=title&stage=full-proposal",
    "kind=nonsense&country=NL",
    "applicant=hospital&country=NL",
    "applicant=unknown&applicant=company&country=NL&country=BE&trl=3",
    "applicant=unknown",
    "status=in_evaluation&deadline=3-months",
]


@pytest.fixture
def calls(db):
    """Public and draft calls with random values."""
    health = factories.topic("Health", slug="health")
    rare = factories.topic("Rare diseases", slug="rare", parent=health)
    rarest = factories.topic("Rarest", slug="rarest", parent=rare)
    topics = [health, rare, rarest, factories.topic("Water", slug="water")]
    funders = [factories.organisation(country=code) for code in ("BE", "FR", "NL")]
    random = Random(4)  # noqa: S311 - no secret, and repeatable
    for number in range(40):
        make = factories.draft if number % 9 == 0 else factories.published
        call = make(
            Call,
            title_en=f"Call {number}",
            kind=random.choice(Call.Kind.values),
            topics=random.sample(topics, random.randrange(3)),
            budget=random.choice([None, 10, 1_000_000, 1_000_001, 20_000_000, 90_000_000]),
            budget_currency=random.choice(["EUR", "EUR", "NOK"]),
        )
        for organisation in random.sample(funders, random.randrange(4)):
            low = random.choice([None, 1, 3])
            factories.offer(
                call,
                organisation=organisation,
                trl_from=low,
                trl_to=random.choice([None, 4, 9]),
                eligible_kinds=random.choice(
                    [{}, {"hospital": 80}, {"company": None, "university": 100}]
                ),
            )
        opens = NOW + timedelta(days=random.randint(-60, 40))
        if random.random() < 0.8:
            call.key_dates.create(kind="opening", at=opens)
        if random.random() < 0.3:
            call.key_dates.create(kind="pre-proposal", at=opens + timedelta(days=20))
        if random.random() < 0.3:
            call.key_dates.create(kind="registration", at=opens + timedelta(days=10))
        for _cut_off in range(random.randrange(3)):
            at = opens + timedelta(days=random.choice([0, 14, 30, 91, 200]))
            call.key_dates.create(kind="full-proposal", at=at)


def filterset(query, snapshot=None):
    made = CallFilter(QueryDict(query), queryset=Call.objects.published())
    if snapshot:
        made.snapshot = snapshot
    return made


def naive_counts(query, name, values):
    """Count by one database query for each value."""
    data = QueryDict(query).copy()
    counts = {}
    for value in values:
        data.setlist(name, [value])
        if count := filterset(data.urlencode()).qs.order_by().count():
            counts[value] = count
    return counts


def test_index_and_database_agree(calls):
    for days in (0, 30, -200):
        with clock.set_to(NOW + timedelta(days=days)):
            snapshot = filterset("").snapshot
            for query in QUERIES:
                wanted = filterset(query, snapshot)
                assert list(wanted.results()) == list(wanted.qs), (days, query)
                assert wanted.results().count() == wanted.qs.count()


VALUES = {
    "status": Status.values,
    "stage": Stage.values,
    "deadline": Window.values,
    "topic": ["health", "rare", "rarest", "water"],
    "applicant": ["hospital", "company", "university", "funder", "unknown"],
    "country": ["BE", "FR", "NL"],
    "kind": Call.Kind.values,
    "budget": Budget.values,
    "trl": [str(level) for level in range(1, 10)],
}


def test_each_count_is_what_the_choice_would_show(calls):
    for days, query in product(
        (0, 30),
        (
            "",
            "status=open&topic=health",
            "applicant=hospital&deadline=later",
            "applicant=hospital&applicant=unknown&country=NL",
        ),
    ):
        with clock.set_to(NOW + timedelta(days=days)):
            wanted = filterset(query)
            for name, values in VALUES.items():
                shown = CallFilter.facets[name].choices(wanted, name)
                counted = {choice.value: choice.count for choice in shown if choice.count}
                assert counted == naive_counts(query, name, values), (days, query, name)
    assert VALUES.keys() | {"initiative"} == CallFilter.facets.keys()


@pytest.mark.parametrize(
    ("days", "windows"),
    [
        (0, ["2-weeks", "1-month", "3-months"]),
        (14, ["2-weeks", "1-month", "3-months"]),
        (14.001, ["1-month", "3-months"]),
        (30, ["1-month", "3-months"]),
        (91, ["3-months"]),
        (91.001, ["later"]),
    ],
)
def test_windows_hold_what_is_due_within_them(days, windows):
    assert windows_of(NOW + timedelta(days=days), NOW) == windows


def test_call_without_a_deadline_has_no_date_yet():
    assert windows_of(None, NOW) == [Window.NO_DATE]


@pytest.mark.parametrize(
    ("budget", "currency", "band"),
    [
        (None, "EUR", Budget.UNKNOWN),
        (0, "EUR", Budget.UP_TO_1),
        (1_000_000, "EUR", Budget.UP_TO_1),
        (1_000_001, "EUR", Budget.UP_TO_5),
        (20_000_000, "EUR", Budget.UP_TO_20),
        (20_000_001, "EUR", Budget.ABOVE),
        (20_000_001, "NOK", Budget.OTHER),
    ],
)
def test_bands_are_of_euros_and_never_compare_currencies(budget, currency, band):
    assert band_of(budget, currency) == band


def test_forthcoming_call_is_due_at_its_first_cut_off():
    call = factories.published(Call)
    for days in (3, 10, 100):
        kind = "opening" if days == 3 else "full-proposal"
        call.key_dates.create(kind=kind, at=NOW + timedelta(days=days))
    with clock.set_to(NOW):
        assert list(filterset("deadline=2-weeks&status=forthcoming").qs) == [call]
        assert filterset("deadline=later").counts("deadline") == {
            "2-weeks": 1,
            "1-month": 1,
            "3-months": 1,
        }


def test_calls_that_are_over_stand_last_the_latest_first(calls):
    with clock.set_to(NOW):
        over = [call for call in filterset("").results() if call.is_over]
        assert list(filterset("").results())[-len(over) :] == over
        latest_first = sorted(over, key=lambda call: call.closes_at, reverse=True)
        assert over == sorted(latest_first, key=next_instant)
        assert {call.next_deadline is None for call in over} == {True, False}


def next_instant(call):
    return call.next_deadline.last_instant if call.next_deadline else FOREVER


def test_kind_and_country_have_to_fit_one_and_the_same_funder(db):
    call = factories.published(Call)
    for country, kinds in [("FR", {"hospital": 80}), ("NL", {"company": 50}), ("BE", {})]:
        organisation = factories.organisation(country=country)
        factories.offer(call, organisation=organisation, eligible_kinds=kinds)
    for query, is_found in [
        ("country=FR&applicant=hospital", True),
        ("country=NL&applicant=hospital", False),
        ("country=NL&country=FR&applicant=hospital", True),
        ("country=BE&applicant=unknown", True),
        ("country=NL&applicant=unknown", False),
    ]:
        assert filterset(query).qs.exists() == is_found, query
        assert bool(filterset(query).results().count()) == is_found, query
    assert filterset("country=NL").counts("applicant") == {"company": 1}
    assert filterset("applicant=hospital").counts("country") == {"FR": 1}


def test_call_without_funders_has_applicants_that_are_not_known(db):
    call = factories.published(Call)
    assert list(filterset("applicant=unknown").qs) == [call]
    assert filterset("").counts("applicant") == {"unknown": 1}


@pytest.mark.parametrize("name", ["deadline", "budget", "applicant", "trl", "posted_since"])
def test_wrong_value_is_refused_with_its_name(client, name):
    answer = client.get("/api/v1/calls/", {name: "nonsense"})
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [name]
    assert client.get("/en/calls/", {name: "nonsense"}).status_code == 400
