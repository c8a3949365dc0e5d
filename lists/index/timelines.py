"""Sorted arrays of instants and primary keys, for range queries."""

from array import array
from bisect import bisect_left, bisect_right
from itertools import compress, count

from lists.index.key_sets import KeySet


class Timeline:
    """Sorted pairs of a timestamp and a key. Immutable."""

    def __init__(self, pairs=()):
        pairs = sorted(pairs)
        self.instants = array("d", (instant for instant, _key in pairs))
        self.keys = array("q", (key for _instant, key in pairs))

    def since(self, instant):
        """Return the KeySet of keys at or after an aware datetime."""
        return KeySet(self.keys[bisect_left(self.instants, instant.timestamp()) :])

    def until(self, instant):
        """Return the KeySet of keys at or before an aware datetime."""
        return KeySet(self.keys[: bisect_right(self.instants, instant.timestamp())])

    def replaced(self, keys, new):
        """Return a copy with the entries of a set of keys replaced by the Timeline `new`."""
        copy = Timeline()
        copy.instants, copy.keys = self.instants[:], self.keys[:]
        removed = [*compress(count(), map(keys.__contains__, self.keys))]
        for position in reversed(removed):
            del copy.instants[position], copy.keys[position]
        for instant, key in zip(new.instants, new.keys, strict=True):
            position = bisect_right(copy.instants, instant)
            copy.instants.insert(position, instant)
            copy.keys.insert(position, key)
        return copy
