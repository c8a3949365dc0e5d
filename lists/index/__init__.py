from lists.index import facet_index, store
from lists.index.facet_index import MAX_AGE, FacetIndex, changed_keys, index_of
from lists.index.key_sets import KeySet
from lists.index.orders import insert_sorted, without
from lists.index.snapshot import Snapshot
from lists.index.timelines import Timeline

__all__ = [
    "facet_index",
    "FacetIndex",
    "index_of",
    "KeySet",
    "MAX_AGE",
    "insert_sorted",
    "Snapshot",
    "store",
    "Timeline",
    "changed_keys",
    "without",
]
