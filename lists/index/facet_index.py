"""What lists are counted and paged with: which public items have which value of each facet.

It is held in the memory of each worker and worked out from the database, which stays the only
truth: an item is read again when it has been touched, or when time has changed its values, and
everything is read again now and then. A worker that starts goes on from what a former one knew.
The filters of a FilterSet say the same in the database; tests hold both together.
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

#: So many versions and savings of late are looked at: a transaction may end after others that
#: began later.
RECENT = 200
#: More items than these are not read again one by one.
MANY = 500
#: Up to so many items are all read while a reader waits; more are in a thread beside.
FEW = 2000
#: After this everything is read again: for what a script has written past `save()`.
MAX_AGE = timedelta(hours=1)


class Kept(NamedTuple):
    """A snapshot, and what the database was when it was made."""

    snapshot: Snapshot
    #: Of FacetIndex.recent(), and of FacetIndex.edited().
    recent: list
    edited: list
    #: When everything was read.
    read_at: object


class FacetIndex:
    """Keeps the snapshot of a FilterSet class up to date."""

    def __init__(self, filterset_class):
        self.filterset_class = filterset_class
        self.model = filterset_class.public().model
        self.name = f"{filterset_class.__module__}.{filterset_class.__name__}"
        self.lock = Lock()
        self.kept = None
        self.renewal = None

    def snapshot(self):
        """The values as of now.

        Not a kept one on another day than today, and in a transaction, which sees what others
        don't.
        """
        if clock.is_set() or connection.in_atomic_block:
            return Snapshot.read(self.filterset_class, clock.now())
        with self.lock:
            if self.kept is None:
                self.kept = self.begin()
            else:
                self.follow()
            return self.kept.snapshot

    # --- A new worker -----------------------------------------------------------------------

    def begin(self):
        """What a former worker knew, if that will do, or everything read from the database."""
        if former := facet_store.load(self.name):
            former, will_do = self.caught_up(former)
            if will_do:
                return former
        return self.read()

    def load(self):
        """Make ready for readers, in all languages, and for workers that start later."""
        sorts = self.filterset_class.base_filters["sort"].orders
        read_orders(self.snapshot, product(sorts, portal_languages()))
        self.save()

    def save(self):
        kept = self.kept
        # Other threads may add orders meanwhile.
        snapshot = replace(kept.snapshot, orders=kept.snapshot.orders.copy())
        facet_store.save(self.name, kept._replace(snapshot=snapshot))
        facet_store.forget(MAX_AGE)

    # --- What has changed -----------------------------------------------------------------

    def follow(self):
        self.kept, will_do = self.caught_up(self.kept)
        if not will_do:
            self.renew()

    def caught_up(self, kept):
        """A Kept with what has changed since, and whether it will do without reading all."""
        now = clock.now()
        # What comes after these two reads is seen again the next time.
        recent, edited = self.recent(), self.edited()
        snapshot = kept.snapshot
        changed = touched(kept.recent, recent) | self.turned(snapshot.now, now)
        if now < snapshot.now or None in changed or len(changed) > MANY:
            return kept, False
        new = snapshot.read_again(changed, now) if changed else replace(snapshot, now=now)
        will_do = edited == kept.edited and timezone.now() - kept.read_at <= MAX_AGE
        return Kept(new, recent, kept.edited, kept.read_at), will_do

    def recent(self):
        """The newest versions, and what was saved last: dicts, from what no other has, to the
        key of the item, which is 0 for one of another type."""
        own = ContentType.objects.get_for_model(self.model).pk
        newest = Revision.objects.order_by("-pk").values_list("pk", "content_type", "object_id")
        found = [{pk: key if type_ == own else 0 for pk, type_, key in newest[:RECENT]}]
        if issubclass(self.model, Publishable):
            saved = self.model._base_manager.order_by("-updated_at")
            saved = saved.values_list("pk", "updated_at")[:RECENT]
            found.append({(key, at): key for key, at in saved})
        return found

    def edited(self):
        """When the models of which each change may change all items were edited, and how many
        of each there are."""
        models = {m for facet in self.filterset_class.facets.values() for m in facet.reads}
        if not issubclass(self.model, Publishable):
            models.add(self.model)
        ordered = sorted(models, key=lambda model: model._meta.label)
        edited = {"at": Max("updated_at"), "number": Count("pk")}
        return [model._base_manager.aggregate(**edited) for model in ordered]

    def turned(self, since, until):
        return set(self.filterset_class.turned(since, until)[: MANY + 1])

    # --- Reading everything ---------------------------------------------------------------

    def renew(self):
        """Read everything: in a thread if that takes long, while what is kept is served."""
        if len(self.kept.snapshot.everything) <= FEW:
            self.kept = self.read()
        elif not (self.renewal and self.renewal.is_alive()):
            self.renewal = Thread(target=self.read_beside, name="lists", daemon=True)
            self.renewal.start()

    def read(self):
        recent, edited = self.recent(), self.edited()
        snapshot = Snapshot.read(self.filterset_class, clock.now())
        return Kept(snapshot, recent, edited, timezone.now())

    def read_beside(self):
        try:
            new = self.read()
            read_orders(lambda: new.snapshot, list(self.kept.snapshot.orders))
            with self.lock:
                self.kept = new
            self.save()
        finally:
            connection.close()


def touched(before, now):
    """Keys of what has been done between two answers of FacetIndex.recent(), or been undone
    with a former state of the database; with None where that can't be told."""
    keys = set()
    for old, new in zip(before, now, strict=True):
        if (old or len(new) == RECENT) and not old.keys() & new.keys():
            keys.add(None)
        deeds = old | new
        keys |= {deeds[deed] for deed in old.keys() ^ new.keys()}
    return keys - {0}


def read_orders(get_snapshot, places):
    for name, language in places:
        with translation.override(language):
            get_snapshot().order(name)


@cache
def index_of(filterset_class):
    """The worker's one FacetIndex of a FilterSet class."""
    return FacetIndex(filterset_class)
