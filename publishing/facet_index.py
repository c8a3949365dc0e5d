"""What lists are counted and paged with: which public items have which value of each facet.

It is held in the memory of each worker and worked out from the database, which stays the only
truth: an item is read again when the workflow has touched it, or when time has changed its
values, and everything is read again now and then. The filters of a FilterSet say the same in
the database; tests hold both together.
"""

from array import array
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from threading import Lock

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Max
from django.utils import timezone, translation

from publishing import clock
from publishing.key_sets import KeySet
from publishing.models import Revision

#: So many versions of late are looked at: a transaction may end after others that began later.
RECENT = 200
#: More items than these are not read again one by one.
MANY = 500
#: After this everything is read again: for what a script has written past the workflow.
MAX_AGE = timedelta(hours=1)


@dataclass
class Snapshot:
    """The values of all items at one instant. Never changes but for orders that are added."""

    now: object
    read_at: object
    #: Keys of the newest revisions.
    revisions: dict
    #: When what the facets read besides was last edited.
    edited: list
    everything: KeySet
    #: facet -> value -> KeySet
    values: dict
    #: (order, language) -> keys of all items in that order
    orders: dict = field(default_factory=dict)


class FacetIndex:
    """The facets and orders of a FilterSet class over all that is public of its model."""

    def __init__(self, filterset_class):
        self.filterset_class = filterset_class
        self.queryset = filterset_class.public()
        self.facets = filterset_class.facets
        self.lock = Lock()
        self.kept = None

    def snapshot(self):
        """The values as of now.

        Not a kept one on another day than today, and in a transaction, which sees what others
        don't.
        """
        if clock.is_set() or connection.in_atomic_block:
            return self.read_everything(clock.now())
        with self.lock:
            self.kept = self.brought_up_to_date(self.kept, clock.now())
            return self.kept

    def brought_up_to_date(self, old, now):
        if old is None or now < old.now or now - old.read_at > MAX_AGE:
            return self.read_everything(now)
        # What comes after these two reads is seen again the next time.
        revisions, edited = self.newest_revisions(), self.last_edited()
        changed = self.changed(old, revisions) | self.turned(old.now, now)
        if edited != old.edited or None in changed or len(changed) > MANY:
            return self.read_everything(now)
        if not changed:
            old.now, old.revisions = now, revisions
            return old
        return self.read_again(old, changed, now, revisions)

    # --- What has changed -----------------------------------------------------------------

    def newest_revisions(self):
        """dict of a revision's key to (content type, item's key)."""
        newest = Revision.objects.order_by("-pk")
        columns = newest.values_list("pk", "content_type", "object_id")
        return {pk: (type_, key) for pk, type_, key in columns[:RECENT]}

    def last_edited(self):
        models = {model for facet in self.facets.values() for model in facet.reads}
        ordered = sorted(models, key=lambda model: model._meta.label)
        return [model._base_manager.aggregate(at=Max("updated_at"))["at"] for model in ordered]

    def changed(self, old, revisions):
        """Keys of the items that have new revisions; with None where that can't be told."""
        if old.revisions and max(old.revisions) not in revisions:
            return {None}
        if not old.revisions and len(revisions) == RECENT:
            return {None}
        own = ContentType.objects.get_for_model(self.queryset.model).pk
        new = (revisions[pk] for pk in revisions.keys() - old.revisions.keys())
        return {key for type_, key in new if type_ == own}

    def turned(self, since, until):
        return set(self.filterset_class.turned(since, until)[: MANY + 1])

    # --- Reading --------------------------------------------------------------------------

    def read_everything(self, now):
        revisions, edited = self.newest_revisions(), self.last_edited()
        everything, values = self.read(self.queryset.all(), now)
        return Snapshot(now, timezone.now(), revisions, edited, everything, values)

    def read_again(self, old, keys, now, revisions):
        """A copy of the old snapshot with the values of some items as they are now."""
        gone = KeySet(keys)
        everything, values = self.read(self.queryset.filter(pk__in=keys), now)
        merged = {}
        for name, found in values.items():
            before = {value: kept - gone for value, kept in old.values[name].items()}
            merged[name] = before | {
                value: before.get(value, KeySet()) | new for value, new in found.items()
            }
        everything = (old.everything - gone) | everything
        return Snapshot(now, old.read_at, revisions, old.edited, everything, merged)

    def read(self, queryset, now):
        queryset = queryset.order_by()
        everything = KeySet(queryset.values_list("pk", flat=True).iterator())
        values = {}
        with clock.set_to(now):
            for facets in self.groups():
                values |= read_facets(queryset, facets)
        return everything, values

    def groups(self):
        """The facets that one query reads together: dicts of name to facet."""
        groups = defaultdict(dict)
        for name, facet in self.facets.items():
            groups[facet.relation(self.queryset.model)][name] = facet
        return groups.values()

    def order(self, snapshot, sort, name):
        """The keys of all items, in an order of the SortFilter `sort`."""
        place = (name, translation.get_language())
        if place not in snapshot.orders:
            with clock.set_to(snapshot.now):
                ordered = sort.filter(self.queryset.all(), name)
                keys = array("q", ordered.values_list("pk", flat=True).iterator())
            snapshot.orders[place] = keys
        return snapshot.orders[place]


def read_facets(queryset, facets):
    """{facet: {value: KeySet}} of facets whose columns stand in the same rows."""
    for method in {facet.prepare for facet in facets.values()} - {""}:
        queryset = getattr(queryset, method)()
    own = {name: facet.columns() for name, facet in facets.items()}
    columns = list(dict.fromkeys(column for each in own.values() for column in each))
    places = {name: [columns.index(column) + 1 for column in own[name]] for name in facets}
    keys = {name: defaultdict(list) for name in facets}
    for row in queryset.values_list("pk", *columns).iterator():
        for name, facet in facets.items():
            for value in facet.values_of(*[row[place] for place in places[name]]):
                keys[name][value].append(row[0])
    return {name: facet.completed(key_sets(keys[name])) for name, facet in facets.items()}


def key_sets(keys):
    return {value: KeySet(found) for value, found in keys.items()}


@cache
def index_of(filterset_class):
    """The worker's one FacetIndex of a FilterSet class."""
    return FacetIndex(filterset_class)
