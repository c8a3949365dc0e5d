from search.queries.find import counts, search
from search.queries.meaning import understand
from search.queries.parser import parse

__all__ = [
    "counts",
    "parse",
    "search",
    "understand",
]
