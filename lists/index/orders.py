"""Incremental updates of sorted arrays of primary keys.

Text collation is left to the database, which is asked to sort a few of the keys only.
"""

from collections import defaultdict
from itertools import chain, filterfalse
from math import isqrt


def without(order, keys):
    """Return a copy of an array of keys without some of them."""
    return type(order)(order.typecode, filterfalse(keys.__contains__, order))


def placed(order, keys, sort):
    """Return a copy of a sorted array of keys with `keys` inserted, or None.

    `sort(keys)` returns the sortable ones of these keys in order. It is called twice, with
    about √(len(order) · len(keys)) keys. None is returned if its order contradicts `order`.
    """
    step = isqrt(len(order) // len(keys)) + 1
    marks = list(order[::step])
    among_marks = sort([*marks, *keys])
    home = stretches_of(keys, among_marks)
    stretches = {number: order[number * step :][:step] for number in set(home.values())}
    others = list(chain.from_iterable(stretches[number] for number in sorted(stretches)))
    home |= {key: number for number, stretch in stretches.items() for key in stretch}
    among_others = sort([*others, *(home.keys() & keys)])
    if rest(among_marks, keys) != marks or rest(among_others, keys) != others:
        return None
    pieces = defaultdict(list)
    for key in among_others:
        pieces[home[key]].append(key)
    return replaced(order, step, pieces)


def stretches_of(keys, among_marks):
    """Return {key: number of the preceding sample key}; 0 before the first."""
    home, number = {}, -1
    for key in among_marks:
        if key in keys:
            home[key] = max(number, 0)
        else:
            number += 1
    return home


def rest(order, keys):
    return [key for key in order if key not in keys]


def replaced(order, step, pieces):
    """Return a copy of `order` with some of its blocks of `step` keys replaced."""
    copy = order[:]
    for number in sorted(pieces, reverse=True):
        piece = type(order)(order.typecode, pieces[number])
        copy[number * step : (number + 1) * step] = piece
    return copy
