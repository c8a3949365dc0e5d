"""Orders of primary keys that are kept up to date without sorting everything anew.

Only the database knows how it compares texts: it is asked to sort a few of the keys.
"""

from collections import defaultdict
from itertools import chain, filterfalse
from math import isqrt


def without(order, keys):
    """A copy of an order, an array of keys, without some of them."""
    return type(order)(order.typecode, filterfalse(keys.__contains__, order))


def placed(order, keys, sort):
    """A copy of an order with a few more keys, each at its place.

    `sort` gives, in order, those of a list of keys that have a place at all; it is called
    twice, with about √(len(order) · len(keys)) keys. None when it puts the others otherwise
    than they stand here.
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
    """dict of keys to the number of the mark after which they stand; 0 before the first."""
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
    """A copy in which some of the stretches of `step` keys are others."""
    copy = order[:]
    for number in sorted(pieces, reverse=True):
        piece = type(order)(order.typecode, pieces[number])
        copy[number * step : (number + 1) * step] = piece
    return copy
