"""Sliceable results of a list, for pagination."""

from itertools import islice


class Results:
    """The items of a queryset whose keys are in a KeySet, in a given order of keys.

    Slices are read from the queryset, so that only items it contains are returned.
    """

    ordered = True

    def __init__(self, queryset, keys, order):
        self.queryset = queryset.order_by()
        self.model = queryset.model
        self.keys = keys
        self.in_order = order

    def count(self):
        return len(self)

    def __len__(self):
        return len(self.keys)

    def __iter__(self):
        return iter(self[:])

    def __getitem__(self, part):
        """Return the items of a slice as a list. One query plus the prefetches."""
        found = islice(
            (key for key in self.in_order if key in self.keys), part.start, part.stop
        )
        found = list(found)
        items = self.queryset.filter(pk__in=found).in_bulk()
        return [items[key] for key in found if key in items]
