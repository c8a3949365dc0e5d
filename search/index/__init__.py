from search.index import writer
from search.index.entries import translated_names

__all__ = [
    "translated_names",
    "writer",
]
