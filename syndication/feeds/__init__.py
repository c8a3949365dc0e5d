from syndication.feeds.entries import tag
from syndication.feeds.formats import AtomFeed

__all__ = [
    "AtomFeed",
    "tag",
]
