"""The index of facets follows what is published, what time changes and what staff edit."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from calls.filters import CallFilter
from calls.models import Call
from publishing import clock, facet_index
from publishing.facet_index import FacetIndex, index_of
from publishing.facet_snapshot import Snapshot
from publishing.key_sets import KeySet
from publishing.warm_up import load_lists
from publishing.workflow import publish, unpublish
from tests import factories

KEYS = st.sets(st.integers(0, 20_000), max_size=40)


@given(KEYS, KEYS)
def test_key_sets_are_sets(one, other):
    left, right = KeySet(one), KeySet(other)
    assert left | right == KeySet(one | other)
    assert left & right == KeySet(one & other)
    assert left - right == KeySet(one - other)
    assert left.common(right) == len(one & other)
    assert len(left) == len(one)
    assert all(key in left for key in one)
    assert not any(key in left for key in other - one)


@pytest.fixture
def index(transactional_db, django_db_serialized_rollback):
    return FacetIndex(CallFilter)


def kinds(index):
    return {kind: len(keys) for kind, keys in index.snapshot().values["kind"].items() if keys}


def test_index_follows_the_workflow_and_reads_nothing_twice(index, monkeypatch):
    item = factories.open_call(kind="national")
    assert kinds(index) == {"national": 1}
    read = []
    monkeypatch.setattr(Snapshot, "read", lambda *args: read.append(args))
    index.snapshot()
    assert not read
    monkeypatch.undo()

    other = factories.open_call(kind="prize")
    assert kinds(index) == {"national": 1, "prize": 1}
    unpublish(item=item)
    assert kinds(index) == {"prize": 1}
    Call.objects.filter(pk=item.pk).update(kind="tender")
    item.refresh_from_db()
    publish(item=item)
    assert kinds(index) == {"prize": 1, "tender": 1}
    assert sorted(index.snapshot().order("newest")) == sorted([item.pk, other.pk])


def test_status_and_window_turn_with_time(index, monkeypatch):
    item = factories.open_call(days_left=20)
    start = timezone.now()
    for days, status, windows in [
        (0, {"open"}, {"1-month", "3-months"}),
        (7, {"closing_soon"}, {"2-weeks", "1-month", "3-months"}),
        (21, {"closed"}, set()),
    ]:
        monkeypatch.setattr(clock, "now", lambda at=start + timedelta(days=days): at)
        values = index.snapshot().values
        having = {
            name: {value for value, keys in values[name].items() if item.pk in keys}
            for name in ("status", "deadline")
        }
        assert having == {"status": status, "deadline": windows}


def test_topic_that_moves_counts_for_its_new_parent(index):
    parent, child = factories.topic("Health"), factories.topic("Rare")
    factories.open_call(topics=[child])
    assert parent.pk not in index.snapshot().values["topic"]
    child.parent = parent
    child.save()
    assert len(index.snapshot().values["topic"][parent.pk]) == 1


def test_what_is_not_committed_is_seen_by_nobody_else(index):
    factories.open_call(kind="national")
    index.snapshot()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        factories.open_call(kind="prize")
        assert kinds(index) == {"national": 1, "prize": 1}
        1 / 0  # noqa: B018 - undoes it
    assert kinds(index) == {"national": 1}


def test_everything_is_read_again_after_more_changes_than_are_looked_at(index, monkeypatch):
    monkeypatch.setattr(facet_index, "RECENT", 2)
    factories.open_call(kind="national")
    assert kinds(index) == {"national": 1}
    for _number in range(3):
        factories.open_call(kind="prize")
    assert kinds(index) == {"national": 1, "prize": 3}


def test_version_that_becomes_visible_late_is_not_missed(index):
    """A transaction may commit after one that began, and so numbered its version, later."""
    item = factories.open_call(kind="national")
    factories.open_call(kind="prize")
    index.snapshot()
    versions, saved = index.kept.recent
    index.kept = index.kept._replace(recent=[dict([*versions.items()][:1]), saved])
    Call.objects.filter(pk=item.pk).update(kind="tender")
    assert kinds(index) == {"prize": 1, "tender": 1}


def test_hidden_items_are_never_shown_though_the_index_still_had_them(index):
    item = factories.open_call()
    wanted = CallFilter(QueryDict(""), queryset=Call.objects.published())
    results = wanted.results()
    Call.objects.filter(pk=item.pk).update(state="draft")
    assert list(results) == []


def test_what_a_script_saves_is_seen_at_once(index):
    item = factories.open_call(kind="prize")
    index.snapshot()
    item.kind = "tender"
    item.save()
    assert kinds(index) == {"tender": 1}


def test_many_items_are_read_beside_what_is_served(index, monkeypatch):
    monkeypatch.setattr(facet_index, "FEW", 0)
    child, parent = factories.topic("Rare"), factories.topic("Health")
    item = factories.open_call(topics=[child], kind="national")
    before = index.snapshot()
    before.order("title")
    child.parent = parent
    child.save()
    assert index.snapshot() is not None
    index.renewal.join()
    after = index.snapshot()
    assert item.pk in after.values["topic"][parent.pk]
    assert after.orders.keys() == before.orders.keys()
    assert index.snapshot().values is after.values


def test_worker_reads_all_lists_before_its_first_reader_asks(
    transactional_db, django_db_serialized_rollback
):
    factories.open_call()
    index_of.cache_clear()
    load_lists()
    orders = index_of(CallFilter).kept.snapshot.orders
    sorts = CallFilter.base_filters["sort"].orders
    assert orders.keys() == {(sort, code) for sort in sorts for code in ("en", "fr", "nl")}
    index_of.cache_clear()
