"""In-memory index of facet values, for counting and paging lists.

Each worker holds the index in memory. It is derived from the database: an item is re-indexed
when it was saved or when a date changed its values, and the whole index is rebuilt regularly. A
new worker starts from the cache on disk. Each filter has a database equivalent; tests compare
the two.
"""

from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import product
from threading import Lock, Thread
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Count, Max
from django.utils import timezone, translation

from lists.index import store as facet_store
from lists.index.snapshot import Snapshot
from localisation import clock
from localisation.languages import portal_languages
from publishing.models import Publishable, Revision

#: Number of recent revisions and saves compared: transactions may commit out of order.
RECENT_LIMIT = 200
#: Maximum number of items re-indexed individually.
MAX_UPDATES = 500
#: Larger lists are rebuilt in a background thread instead of during a request.
BACKGROUND_THRESHOLD = 2000
#: Interval of full rebuilds, for changes made without `save()`.
MAX_AGE = timedelta(hours=1)


class IndexState(NamedTuple):
    """A snapshot with the database state it was read at."""

    snapshot: Snapshot
    #: Results of FacetIndex.recent() and FacetIndex.edited().
    recent: list
    edited: list
    #: Time of the last full rebuild.
    read_at: object


class FacetIndex:
    """Keeper of the current snapshot of a FilterSet class."""

    def __init__(self, filterset_class):
        self.filterset_class = filterset_class
        self.model = filterset_class.public().model
        self.name = f"{filterset_class.__module__}.{filterset_class.__name__}"
        self.lock = Lock()
        self.state = None
        self.rebuild_thread = None

    def snapshot(self):
        """Return the current snapshot.

        With a simulated clock, or inside a transaction (which may see uncommitted rows), a
        snapshot is read afresh and not cached.
        """
        if clock.is_set() or connection.in_atomic_block:
            return Snapshot.read(self.filterset_class, clock.now())
        with self.lock:
            if self.state is None:
                self.state = self.load_or_read()
            else:
                self.refresh()
            return self.state.snapshot

    # --- Initial load -----------------------------------------------------------------------

    def load_or_read(self):
        """Return the cached snapshot if it can be updated, otherwise read everything."""
        if cached := facet_store.load(self.name):
            cached, is_current = self.updated_state(cached)
            if is_current:
                return cached
        return self.read()

    def load(self):
        """Preload the snapshot with all sort orders and languages, and cache it on disk."""
        sorts = self.filterset_class.base_filters["sort"].orders
        read_orders(self.snapshot, product(sorts, portal_languages()))
        self.save()

    def save(self):
        state = self.state
        # Other threads may add orders during the copy.
        snapshot = replace(state.snapshot, orders=state.snapshot.orders.copy())
        facet_store.save(self.name, state._replace(snapshot=snapshot))
        facet_store.delete_older_than(MAX_AGE)

    # --- Updates ----------------------------------------------------------------------------

    def refresh(self):
        self.state, is_current = self.updated_state(self.state)
        if not is_current:
            self.rebuild()

    def updated_state(self, state):
        """Return an updated Kept, and False if a full rebuild is needed."""
        now = clock.now()
        # Writes after these two reads are found by the next update.
        recent, edited = self.recent(), self.edited()
        snapshot = state.snapshot
        changed = changed_keys(state.recent, recent) | self.changed_by_time(snapshot.now, now)
        if now < snapshot.now or None in changed or len(changed) > MAX_UPDATES:
            return state, False
        new = snapshot.reread(changed, now) if changed else replace(snapshot, now=now)
        is_current = edited == state.edited and timezone.now() - state.read_at <= MAX_AGE
        return IndexState(new, recent, state.edited, state.read_at), is_current

    def recent(self):
        """Return the recent revisions and saves as a list of dicts.

        The keys are unique; the values are item pks, or 0 for an item of another type.
        """
        own = ContentType.objects.get_for_model(self.model).pk
        newest = Revision.objects.order_by("-pk").values_list("pk", "content_type", "object_id")
        found = [{pk: key if type_ == own else 0 for pk, type_, key in newest[:RECENT_LIMIT]}]
        if issubclass(self.model, Publishable):
            saved = self.model._base_manager.order_by("-updated_at")
            saved = saved.values_list("pk", "updated_at")[:RECENT_LIMIT]
            found.append({(key, at): key for key, at in saved})
        return found

    def edited(self):
        """Return the last edit time and count of models whose changes may affect any item."""
        models = {m for facet in self.filterset_class.facets.values() for m in facet.depends_on}
        if not issubclass(self.model, Publishable):
            models.add(self.model)
        ordered = sorted(models, key=lambda model: model._meta.label)
        edited = {"at": Max("updated_at"), "number": Count("pk")}
        return [model._base_manager.aggregate(**edited) for model in ordered]

    def changed_by_time(self, since, until):
        return set(self.filterset_class.changed_by_time(since, until)[: MAX_UPDATES + 1])

    # --- Full rebuild -----------------------------------------------------------------------

    def rebuild(self):
        """Rebuild the index, in a background thread for large lists.

        Meanwhile the old one is served.
        """
        if len(self.state.snapshot.all_keys) <= BACKGROUND_THRESHOLD:
            self.state = self.read()
        elif not (self.rebuild_thread and self.rebuild_thread.is_alive()):
            self.rebuild_thread = Thread(
                target=self.rebuild_in_background, name="lists", daemon=True
            )
            self.rebuild_thread.start()

    def read(self):
        recent, edited = self.recent(), self.edited()
        snapshot = Snapshot.read(self.filterset_class, clock.now())
        return IndexState(snapshot, recent, edited, timezone.now())

    def rebuild_in_background(self):
        try:
            new = self.read()
            read_orders(lambda: new.snapshot, list(self.state.snapshot.orders))
            with self.lock:
                self.state = new
            self.save()
        finally:
            connection.close()


def changed_keys(before, now):
    """Return the keys of items changed or reverted between two results of `recent()`.

    Contains None if the changes cannot be determined.
    """
    keys = set()
    for old, new in zip(before, now, strict=True):
        if (old or len(new) == RECENT_LIMIT) and not old.keys() & new.keys():
            keys.add(None)
        key_by_change = old | new
        keys |= {key_by_change[change] for change in old.keys() ^ new.keys()}
    return keys - {0}


def read_orders(get_snapshot, order_keys):
    for name, language in order_keys:
        with translation.override(language):
            get_snapshot().order(name)


@cache
def index_of(filterset_class):
    """Return this worker's FacetIndex of a FilterSet class."""
    return FacetIndex(filterset_class)
