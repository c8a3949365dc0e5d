"""The facet index follows publications, the passing of time and edits by staff."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from calls.filters import CallFilter
from calls.models import Call
from lists.filters import PortalFilterSet
from lists.index import (
    MAX_AGE,
    FacetIndex,
    KeySet,
    Snapshot,
    changed_keys,
    facet_index,
    index_of,
)
from lists.index import store as facet_store
from lists.preload import filtersets, load_lists
from localisation import clock
from publishing.models import Revision
from publishing.workflow import publish, unpublish
from tests import factories

KEYS = st.sets(st.integers(0, 20_000) | st.sampled_from([0, 1, 4095, 4096]), max_size=40)


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


@given(
    done=st.lists(st.integers(1, 9), max_size=20),
    lost=st.integers(0, 20),
    since=st.lists(st.integers(1, 9), max_size=10),
)
def test_nothing_that_was_done_or_undone_is_missed(done, lost, since):
    """A restored database may lack the last of the changes."""
    before = [*enumerate(done)]
    left = before[: max(len(before) - lost, 0)]
    now = left + [(100 + number, key) for number, key in enumerate(since)]
    changed = {key for deed, key in {*before} ^ {*now}}
    with patch.object(facet_index, "RECENT_LIMIT", 5):
        found = changed_keys([dict(before[-5:])], [dict(now[-5:])])
    assert None in found or changed <= found


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


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
        keys_with_any = {
            name: {value for value, keys in values[name].items() if item.pk in keys}
            for name in ("status", "deadline")
        }
        assert keys_with_any == {"status": status, "deadline": windows}


def test_pairs_follow_the_rows_of_an_item(index):
    item = factories.open_call()
    index.snapshot()
    for country, kinds in [("FR", {"hospital": 80}), ("NL", {"company": 50})]:
        organisation = factories.organisation(country=country)
        factories.offer(item, organisation=organisation, eligible_kinds=kinds)
    publish(item=item)
    pairs = index.snapshot().values["applicant", "country"].items()
    assert {pair for pair, keys in pairs if keys} == {("hospital", "FR"), ("company", "NL")}


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
        1 / 0  # noqa: B018 - rolls back
    assert kinds(index) == {"national": 1}


def test_everything_is_read_again_after_more_changes_than_are_looked_at(index, monkeypatch):
    monkeypatch.setattr(facet_index, "RECENT_LIMIT", 2)
    factories.open_call(kind="national")
    assert kinds(index) == {"national": 1}
    for _number in range(3):
        factories.open_call(kind="prize")
    assert kinds(index) == {"national": 1, "prize": 3}


def test_version_that_becomes_visible_late_is_not_missed(index):
    """A transaction may commit after others that got their version numbers later."""
    item = factories.open_call(kind="national")
    factories.open_call(kind="prize")
    index.snapshot()
    versions, saved = index.state.recent
    index.state = index.state._replace(recent=[dict([*versions.items()][:1]), saved])
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
    monkeypatch.setattr(facet_index, "BACKGROUND_THRESHOLD", 0)
    child, parent = factories.topic("Rare"), factories.topic("Health")
    item = factories.open_call(topics=[child], kind="national")
    before = index.snapshot()
    before.order("title")
    child.parent = parent
    child.save()
    assert index.snapshot() is not None
    index.rebuild_thread.join()
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
    orders = index_of(CallFilter).state.snapshot.orders
    sorts = CallFilter.base_filters["sort"].orders
    assert orders.keys() == {(sort, code) for sort in sorts for code in ("en", "fr", "nl")}
    files = [*facet_store.folder().iterdir()]
    assert len(files) == len([*filtersets(PortalFilterSet)])
    index_of.cache_clear()


# --- A new worker -----------------------------------------------------------------------------


def readings(monkeypatch):
    """Record all reads from now on: None for everything, else the set of keys."""
    read, found = Snapshot.read.__func__, []

    def noting(cls, filterset_class, now, keys=None):
        found.append(keys)
        return read(cls, filterset_class, now, keys)

    monkeypatch.setattr(Snapshot, "read", classmethod(noting))
    return found


def test_worker_starts_with_what_a_former_one_knew(index, monkeypatch):
    item = factories.open_call(kind="national")
    index.load()
    read, new = readings(monkeypatch), FacetIndex(CallFilter)
    assert kinds(new) == {"national": 1}
    assert new.snapshot().orders == index.state.snapshot.orders
    assert read == []
    publish(item=item)
    other = factories.open_call(kind="prize")
    new = FacetIndex(CallFilter)
    assert kinds(new) == {"national": 1, "prize": 1}
    assert list(new.snapshot().order("newest")) == [other.pk, item.pk]


def test_status_turns_while_no_worker_runs(index, monkeypatch):
    item = factories.open_call(days_left=20)
    index.load()
    later = timezone.now() + timedelta(days=21)
    monkeypatch.setattr(clock, "now", lambda: later)
    read, new = readings(monkeypatch), FacetIndex(CallFilter)
    assert item.pk in new.snapshot().values["status"]["closed"]
    assert read == [{item.pk}]


def edit_a_topic(index):
    factories.topic()


def grow_old(index):
    index.state = index.state._replace(read_at=timezone.now() - MAX_AGE)
    index.save()


def come_from_the_future(index):
    later = index.state.snapshot.now + timedelta(minutes=1)
    index.state = index.state._replace(snapshot=Snapshot.read(CallFilter, later))
    index.save()


@pytest.mark.parametrize("harm", [edit_a_topic, grow_old, come_from_the_future])
def test_what_will_not_do_is_read_from_the_database(index, monkeypatch, harm):
    factories.open_call(kind="national")
    index.load()
    harm(index)
    Call.objects.update(kind="prize")
    read, new = readings(monkeypatch), FacetIndex(CallFilter)
    assert kinds(new) == {"prize": 1}
    assert read[-1] is None


def test_restored_database_is_followed_back(index):
    """The worker and the file include changes that the database has lost."""
    factories.open_call(kind="regional")
    item, other = factories.open_call(kind="national"), factories.open_call(kind="prize")
    saved_at, newest = item.updated_at, Revision.objects.latest("pk").pk
    Call.objects.filter(pk=item.pk).update(kind="tender")
    item.refresh_from_db()
    publish(item=item)
    unpublish(item=other)
    lost = factories.open_call(kind="tender")
    index.load()
    assert kinds(index) == {"regional": 1, "tender": 2}

    Revision.objects.filter(pk__gt=newest)._raw_delete(using="default")
    lost.delete()
    Call.objects.filter(pk=item.pk).update(kind="national", updated_at=saved_at)
    Call.objects.filter(pk=other.pk).update(
        state="published", updated_at=other.first_published_at
    )
    restored = {"regional": 1, "national": 1, "prize": 1}
    assert kinds(FacetIndex(CallFilter)) == restored
    assert kinds(index) == restored
