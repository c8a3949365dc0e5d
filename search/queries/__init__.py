from search.queries.expansion import expand
from search.queries.find import counts, search
from search.queries.parser import parse

__all__ = [
    "counts",
    "parse",
    "search",
    "expand",
]
