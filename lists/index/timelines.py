"""Primary keys by the instants of a column: those from or until a day are a slice."""

from array import array
from bisect import bisect_left, bisect_right
from itertools import compress, count

from lists.index.key_sets import KeySet


class Timeline:
    """Pairs of an instant, as a timestamp, and a key. Never changes."""

    def __init__(self, pairs=()):
        pairs = sorted(pairs)
        self.instants = array("d", (instant for instant, _key in pairs))
        self.keys = array("q", (key for _instant, key in pairs))

    def since(self, instant):
        """KeySet of those at an aware datetime or later."""
        return KeySet(self.keys[bisect_left(self.instants, instant.timestamp()) :])

    def until(self, instant):
        """KeySet of those at an aware datetime or before."""
        return KeySet(self.keys[: bisect_right(self.instants, instant.timestamp())])

    def replaced(self, keys, new):
        """A copy in which some keys, of whom there is a set, are as in the Timeline `new`."""
        copy = Timeline()
        copy.instants, copy.keys = self.instants[:], self.keys[:]
        gone = [*compress(count(), map(keys.__contains__, self.keys))]
        for place in reversed(gone):
            del copy.instants[place], copy.keys[place]
        for instant, key in zip(new.instants, new.keys, strict=True):
            place = bisect_right(copy.instants, instant)
            copy.instants.insert(place, instant)
            copy.keys.insert(place, key)
        return copy
