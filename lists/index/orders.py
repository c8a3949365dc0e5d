"""Incremental updates of sorted arrays of primary keys.

Text collation is left to the database, which is asked to sort a few of the keys only.
"""

from collections import defaultdict
from itertools import chain, filterfalse
from math import isqrt


def without(order, keys):
    """Return a copy of an array of keys without some of them."""
    return type(order)(order.typecode, filterfalse(keys.__contains__, order))


def insert_sorted(order, keys, sort):
    """Return a copy of a sorted array of keys with `keys` inserted, or None.

    `sort(keys)` returns the sortable ones of these keys in order. It is called twice, with
    about √(len(order) · len(keys)) keys. None is returned if its order contradicts `order`.
    """
    step = isqrt(len(order) // len(keys)) + 1
    samples = list(order[::step])
    sorted_samples = sort([*samples, *keys])
    block_of = block_numbers(keys, sorted_samples)
    blocks = {number: order[number * step :][:step] for number in set(block_of.values())}
    others = list(chain.from_iterable(blocks[number] for number in sorted(blocks)))
    block_of |= {key: number for number, block in blocks.items() for key in block}
    sorted_others = sort([*others, *(block_of.keys() & keys)])
    if rest(sorted_samples, keys) != samples or rest(sorted_others, keys) != others:
        return None
    new_blocks = defaultdict(list)
    for key in sorted_others:
        new_blocks[block_of[key]].append(key)
    return replace_blocks(order, step, new_blocks)


def block_numbers(keys, sorted_samples):
    """Return {key: number of the preceding sample key}; 0 before the first."""
    block_of, number = {}, -1
    for key in sorted_samples:
        if key in keys:
            block_of[key] = max(number, 0)
        else:
            number += 1
    return block_of


def rest(order, keys):
    return [key for key in order if key not in keys]


def replace_blocks(order, step, new_blocks):
    """Return a copy of `order` with some of its blocks of `step` keys replaced."""
    copy = order[:]
    for number in sorted(new_blocks, reverse=True):
        new_block = type(order)(order.typecode, new_blocks[number])
        copy[number * step : (number + 1) * step] = new_block
    return copy
