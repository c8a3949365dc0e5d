from syndication.feeds.formats import AtomFeed

__all__ = [
    "AtomFeed",
]
