from search.documents import reader
from search.documents.extract import MAX_UNPACKED

__all__ = [
    "MAX_UNPACKED",
    "reader",
]
