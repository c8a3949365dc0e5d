"""Database-specific full-text matching of index entries.

A `Condition` consists of lexemes, which are ASCII letters and digits and so need no quoting.
SQLite and PostgreSQL match the same entries.
"""

from typing import NamedTuple

from django.db import connection, models
from django.db.models.expressions import Col
from django.db.models.lookups import Lookup

from localisation import clock
from search.models import SearchEntry


class Condition(NamedTuple):
    """A boolean query: all of `all_of` and none of `none_of`.

    Each element is a list of alternative phrases; a phrase is a tuple of consecutive lexemes.
    """

    all_of: list
    none_of: list = ()

    def for_sqlite(self):
        """Return an FTS5 query. FTS5 requires at least one positive condition."""
        query = " AND ".join(_fts5(phrases) for phrases in self.all_of)
        for phrases in self.none_of:
            query = f"({query}) NOT {_fts5(phrases)}"
        return query

    def for_postgresql(self):
        """Return a tsquery."""
        wanted = [_tsquery(phrases) for phrases in self.all_of]
        unwanted = [f"!{_tsquery(phrases)}" for phrases in self.none_of]
        return " & ".join(wanted + unwanted)

    def for_database(self):
        return getattr(self, f"for_{connection.vendor}")()


def _fts5(phrases):
    texts = ('"{}"'.format(" ".join(phrase)) for phrase in phrases)
    return f"({' OR '.join(texts)})"


def _tsquery(phrases):
    texts = (f"({' <-> '.join(phrase)})" for phrase in phrases)
    return f"({' | '.join(texts)})"


@models.TextField.register_lookup
class Fulfils(Lookup):
    """Lookup `terms__fulfils=condition` for querysets of SearchEntry."""

    lookup_name = "fulfils"
    prepare_rhs = False

    def get_db_prep_lookup(self, value, connection):
        return "%s", [getattr(value, f"for_{connection.vendor}")()]

    def as_sqlite(self, compiler, connection):
        key, _params = compiler.compile(Col(self.lhs.alias, SearchEntry._meta.pk))
        query, params = self.process_rhs(compiler, connection)
        table = "search_searchentry_fts"
        found = f"SELECT rowid FROM {table} WHERE {table} MATCH {query}"  # noqa: S608 - own names
        return f"{key} IN ({found})", params

    def as_postgresql(self, compiler, connection):
        query, params = self.process_rhs(compiler, connection)
        alias = compiler.quote_name_unless_alias(self.lhs.alias)
        return f'{alias}."vector" @@ {query}::tsquery', params


class Candidate(NamedTuple):
    """The part of an entry that is read for counting and preselection."""

    pk: int
    facets: str
    dated_on: object

    @property
    def kind(self):
        """Type code; see `search.facets`."""
        return self.facets.partition(" ")[0]


NEWEST = {
    # Scans the index backwards and stops at the limit.
    "sqlite": "SELECT e.id, e.facets, e.dated_on "
    "FROM search_searchentry_fts f JOIN search_searchentry e ON e.id = f.rowid "
    "WHERE search_searchentry_fts MATCH %s "
    "AND (e.visible_from IS NULL OR e.visible_from <= %s) ORDER BY f.rowid DESC LIMIT %s",
    "postgresql": "SELECT id, facets, dated_on "
    "FROM search_searchentry_newest(%s::tsquery, %s, %s)",
}


def newest(condition, limit):
    """Return the last `limit` entries matching a condition, as Candidates visible now."""
    now = connection.ops.adapt_datetimefield_value(clock.now())
    with connection.cursor() as cursor:
        cursor.execute(NEWEST[connection.vendor], [condition.for_database(), now, limit])
        return [Candidate(*row) for row in cursor]


def is_any(condition):
    return bool(newest(condition, 1))
