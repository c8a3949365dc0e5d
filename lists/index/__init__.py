from lists.index import facet_index, store
from lists.index.facet_index import MAX_AGE, FacetIndex, index_of, touched
from lists.index.key_sets import KeySet
from lists.index.orders import placed, without
from lists.index.snapshot import Snapshot
from lists.index.timelines import Timeline

__all__ = [
    "facet_index",
    "FacetIndex",
    "index_of",
    "KeySet",
    "MAX_AGE",
    "placed",
    "Snapshot",
    "store",
    "Timeline",
    "touched",
    "without",
]
