"""Immutable snapshot of the facet values of a list's public items."""

from array import array
from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from operator import itemgetter

from django.utils import translation

from lists.index.key_sets import KeySet
from lists.index.orders import insert_sorted, without
from lists.index.timelines import Timeline
from localisation import clock

#: Maximum number of items merged into a sort order individually.
MAX_UPDATES = 500


@dataclass(frozen=True)
class Snapshot:
    """Facet values, dates and sort orders of a list. Immutable, but orders are added."""

    filterset_class: type
    now: object
    all_keys: KeySet
    #: facet -> value -> KeySet
    values: dict
    #: column -> Timeline
    timelines: dict
    #: (order, language) -> (array of all keys in that order, keys to be re-sorted)
    orders: dict = field(default_factory=dict)

    @classmethod
    def read(cls, filterset_class, now, keys=None):
        """Read the items with these keys as of an instant; all if `keys` is None."""
        queryset = filterset_class.public().order_by()
        if keys is not None:
            queryset = queryset.filter(pk__in=keys)
        with clock.set_to(now):
            all_keys, timelines = read_columns(queryset, filterset_class.day_columns())
            values = {}
            for facets in group_by_relation(filterset_class.indexed(), queryset.model):
                values |= read_facets(queryset, facets)
        return cls(filterset_class, now, all_keys, values, timelines)

    def reread(self, keys, now):
        """Return a copy with the items of a set of keys re-read as of `now`."""
        new, removed = self.read(self.filterset_class, now, keys), KeySet(keys)
        orders = self.orders.copy().items()  # other threads may add some
        return Snapshot(
            self.filterset_class,
            now,
            (self.all_keys - removed) | new.all_keys,
            {
                name: merge_key_sets(self.values[name], removed, found)
                for name, found in new.values.items()
            },
            {
                column: kept.replaced(keys, new.timelines[column])
                for column, kept in self.timelines.items()
            },
            {
                order_key: (order, unsorted_keys | keys)
                for order_key, (order, unsorted_keys) in orders
            },
        )

    # --- Sort orders --------------------------------------------------------------------

    def order(self, name):
        """Return an array of all keys in the named sort order, in the active language."""
        order_key = (name, translation.get_language())
        order, unsorted_keys = self.orders.get(order_key, (None, frozenset()))
        if order is None or unsorted_keys:
            with clock.set_to(self.now):
                order = self.resort(order, unsorted_keys, partial(self.sorted, name))
            self.orders[order_key] = order, frozenset()
        return order

    def resort(self, order, unsorted_keys, sort):
        found = None
        if order is not None and len(unsorted_keys) <= MAX_UPDATES:
            found = insert_sorted(without(order, unsorted_keys), unsorted_keys, sort)
        return array("q", sort()) if found is None else found

    def sorted(self, name, keys=None):
        """Return the keys of all or of these items, sorted by the database."""
        queryset = self.filterset_class.public()
        if keys is not None:
            queryset = queryset.filter(pk__in=keys)
        ordered = self.filterset_class.base_filters["sort"].filter(queryset, name)
        return list(ordered.values_list("pk", flat=True).iterator())


def read_columns(queryset, columns):
    """Return the KeySet of all items, and {column: Timeline} of the datetime columns."""
    rows = list(queryset.values_list("pk", *columns))
    timelines = {
        column: Timeline((row[order_key].timestamp(), row[0]) for row in rows if row[order_key])
        for order_key, column in enumerate(columns, start=1)
    }
    return KeySet(row[0] for row in rows), timelines


def group_by_relation(facets, model):
    """Group facets by the relation that one query can read; returns dicts of name to facet."""
    groups = defaultdict(dict)
    for name, facet in facets.items():
        groups[facet.relation(model)][name] = facet
    return groups.values()


def read_facets(queryset, facets):
    """Return {facet: {value: KeySet}} of facets whose columns are in the same rows."""
    for method in {facet.prepare for facet in facets.values()} - {""}:
        queryset = getattr(queryset, method)()
    own = {name: facet.columns() for name, facet in facets.items()}
    columns = list(dict.fromkeys(column for each in own.values() for column in each))
    #: facet -> column values -> keys
    keys = {name: defaultdict(list) for name in facets}
    getters = [
        (keys[name], itemgetter(*(columns.index(column) + 1 for column in own[name])))
        for name in facets
    ]
    for row in queryset.values_list("pk", *columns).iterator():
        for found, get in getters:
            found[get(row)].append(row[0])
    return {name: key_sets(facet, keys[name]) for name, facet in facets.items()}


def key_sets(facet, keys):
    """Return {value: KeySet} of a facet, from {column values: list of keys}."""
    sets = {}
    for columns, found in keys.items():
        columns = columns if isinstance(columns, tuple) else (columns,)
        item_keys = KeySet(found)
        for value in facet.values_of(*columns):
            sets[value] = sets[value] | item_keys if value in sets else item_keys
    return facet.add_derived(sets)


def merge_key_sets(sets, removed, new):
    """Return a facet's KeySets with the items `gone` replaced by their new KeySets."""
    kept = {value: keys - removed for value, keys in sets.items()}
    return kept | {value: kept.get(value, KeySet()) | keys for value, keys in new.items()}
