"""Full-text search over all public content: one index, one ranking for all types.

`index` writes; `find` and `lists` read. Tokenising and stemming (`text`) and query parsing
(`query`) are done in Python and the databases only store and match terms, so that SQLite and
PostgreSQL give the same results.
"""

from publishing.search.columns import columns_of, matching

__all__ = ["columns_of", "matching"]
