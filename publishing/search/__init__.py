"""Search over all that is public: one index, one ranking over all types.

`index` writes, `find` and `lists` read. Words are taken apart and stemmed in `text`, queries
understood in `query`, and the databases only keep and find what comes of it: so SQLite and
PostgreSQL give the same answers.
"""

from publishing.search.columns import columns_of, matching

__all__ = ["columns_of", "matching"]
