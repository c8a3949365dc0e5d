"""Incrementally updated orders match those that the database sorts."""

from array import array
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from calls.filters import CallFilter, ProjectFilter
from calls.models import Call, Phase, Project
from initiatives.filters import InitiativeFilter, OrganisationFilter
from initiatives.models import Initiative, Organisation
from lists.index import KeySet, Snapshot, Timeline, insert_sorted, without
from localisation import clock
from news.filters import ArticleFilter, EventFilter
from news.models import Article, Event
from publishing.states import State

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
FILTERSETS = [
    ArticleFilter,
    CallFilter,
    EventFilter,
    InitiativeFilter,
    OrganisationFilter,
    ProjectFilter,
]


# --- Without a database -------------------------------------------------------------------

RANKS = st.dictionaries(st.integers(1, 300), st.integers(0, 50), max_size=120)


@given(RANKS, RANKS.filter(bool), st.sets(st.integers(1, 300)))
def test_keys_are_put_where_sorting_puts_them(ranks, changed, hidden):
    """Some items have a new rank, some are new, and some are no longer public."""

    def sort(keys):
        public = (key for key in keys if key in now)
        return sorted(public, key=lambda key: (now[key], key))

    now = ranks
    kept = array("q", (key for key in sort(ranks) if key not in changed))
    now = {
        key: rank
        for key, rank in (ranks | changed).items()
        if key not in hidden & changed.keys()
    }
    assert list(insert_sorted(kept, changed.keys(), sort)) == sort(now)


@given(st.lists(st.integers(1, 50), unique=True), st.sets(st.integers(1, 50)))
def test_keys_are_taken_out_of_an_order(keys, gone):
    order = array("q", keys)
    assert list(without(order, gone)) == [key for key in keys if key not in gone]
    assert list(order) == keys


def test_order_in_which_others_have_moved_too_is_not_mended():
    order = array("q", range(1, 101))
    assert insert_sorted(order, {200}, lambda keys: sorted(keys, reverse=True)) is None


DAYS = st.dictionaries(st.integers(1, 50), st.integers(0, 9), max_size=20)


def timeline(days):
    return Timeline(((NOW + timedelta(days=day)).timestamp(), key) for key, day in days.items())


def from_and_until(timeline, day):
    at = NOW + timedelta(days=day)
    return timeline.since(at), timeline.until(at)


@given(DAYS, st.lists(st.tuples(DAYS, st.sets(st.integers(1, 50)))), st.integers(-1, 10))
def test_timeline_finds_from_and_until_an_instant(days, changes, day):
    """Each change sets new days for some items and removes others."""
    found = timeline(days)
    for new, gone in [*changes, ({}, set())]:
        assert from_and_until(found, day) == (
            KeySet(key for key, at in days.items() if at >= day),
            KeySet(key for key, at in days.items() if at <= day),
        )
        before, keys = found, gone | new.keys()
        found = before.replaced(keys, timeline(new))
        assert from_and_until(before, day) == from_and_until(timeline(days), day)
        days = {key: at for key, at in days.items() if key not in keys} | new


# --- Each list ------------------------------------------------------------------------------


class Shuffler:
    """Source of items with columns that are often equal or empty."""

    titles = [
        "Alpha",
        "alpha",
        "Ångström",
        "Zeta",
        "zeta",
        "Éclair",
        "",
        "a b",
        "a-b",
        "10",
        "9",
    ]

    def __init__(self, model):
        self.model = model
        self.random = Random(3)  # noqa: S311 - not for security

    def columns(self):
        choose = self.random.choice
        day = NOW + timedelta(days=choose(range(-4, 5)))
        name = "name" if self.model is Organisation else "title"
        texts = {f"{name}_{code}": choose(self.titles) for code in ("en", "fr", "nl")}
        if self.model is Organisation:
            return {**texts, "country": choose(["BE", "FR", ""])}
        texts |= {"state": choose([State.PUBLISHED, State.PUBLISHED, State.DRAFT])}
        return (
            texts
            | {"first_published_at": day}
            | {
                Call: lambda: {
                    "budget": choose([None, 5, 10]),
                    "closes_at": choose([None, day]),
                },
                Project: lambda: {
                    "starts_on": choose([None, day.date()]),
                    "eu_contribution": choose([None, 5, 10]),
                },
                Initiative: lambda: {
                    "starts_on": choose([None, day.date()]),
                    "budget": choose([None, 5, 10]),
                },
                Article: lambda: {"published_on": day.date()},
                Event: lambda: {"starts_at": day, "ends_at": day + timedelta(days=1)},
            }[self.model]()
        )

    def make(self, number):
        parents = {}
        if self.model is Project:
            parents["call"] = Call.objects.create(slug="call", title_en="Call")
        made = [
            self.model(slug=f"item-{n}", **parents, **self.columns()) for n in range(number)
        ]
        self.model.objects.bulk_create(made)
        self.make_phases(self.model.objects.all())

    def change(self, number):
        """Change some items, and return the set of their keys."""
        keys = self.random.sample([*self.model.objects.values_list("pk", flat=True)], number)
        for key in keys:
            self.model.objects.filter(pk=key).update(**self.columns())
        if self.model is Call:
            Phase.objects.filter(call__in=keys).delete()
            self.make_phases(Call.objects.filter(pk__in=keys))
        return set(keys)

    def make_phases(self, items):
        for item in items if self.model is Call else ():
            if status := self.random.choice(["", "open", "closed"]):
                Phase.objects.create(
                    call=item,
                    starts_at=NOW - timedelta(days=9),
                    ends_at=NOW + timedelta(days=9),
                    status=status,
                    deadline_at=self.random.choice([None, NOW + timedelta(days=1)]),
                )


def content(snapshot):
    """Return the content of a snapshot without orders and unused values."""
    values = {
        name: {value: keys for value, keys in sets.items() if len(keys)}
        for name, sets in snapshot.values.items()
    }
    timelines = {
        column: sorted(zip(each.instants, each.keys, strict=True))
        for column, each in snapshot.timelines.items()
    }
    return snapshot.all_keys, values, timelines


@pytest.mark.django_db
@pytest.mark.parametrize("filterset_class", FILTERSETS)
def test_what_is_read_again_stays_what_the_database_has(filterset_class):
    shuffler = Shuffler(filterset_class._meta.model)
    shuffler.make(60)
    snapshot = Snapshot.read(filterset_class, NOW)
    sorts = filterset_class.base_filters["sort"].orders
    for number in (0, 1, 5, 40):
        snapshot = snapshot.reread(shuffler.change(number), NOW)
        assert content(snapshot) == content(Snapshot.read(filterset_class, NOW))
        with clock.set_to(NOW):
            for name in sorts:
                for language in ("en", "nl"):
                    with translation.override(language):
                        assert list(snapshot.order(name)) == snapshot.sorted(name)
