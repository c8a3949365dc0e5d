"""The databases' own full-text indexes of `SearchEntry.terms`."""

from django.db import migrations

DELETE_OLD = """
    INSERT INTO search_searchentry_fts (search_searchentry_fts, rowid, terms)
    VALUES ('delete', old.id, old.terms);
"""
INSERT_NEW = """
    INSERT INTO search_searchentry_fts (rowid, terms) VALUES (new.id, new.terms);
"""
# SQLite: triggers as FTS5 documents them for an external content table.
# PostgreSQL: a generated tsvector with a GIN index. Its planner counts unpacking a vector of
# several kB as free and would rather scan the table, so a function leaves it no choice but
# the index; the low toast target keeps the other columns of a row close together.
STATEMENTS = {
    "sqlite": [
        "CREATE VIRTUAL TABLE search_searchentry_fts USING fts5(terms, "
        "content='search_searchentry', content_rowid='id', tokenize='ascii')",
        "CREATE TRIGGER search_searchentry_inserted AFTER INSERT ON search_searchentry "
        f"BEGIN {INSERT_NEW} END",
        "CREATE TRIGGER search_searchentry_deleted AFTER DELETE ON search_searchentry "
        f"BEGIN {DELETE_OLD} END",
        "CREATE TRIGGER search_searchentry_updated AFTER UPDATE OF terms "
        f"ON search_searchentry BEGIN {DELETE_OLD} {INSERT_NEW} END",
    ],
    "postgresql": [
        "ALTER TABLE search_searchentry ADD COLUMN vector tsvector "
        "GENERATED ALWAYS AS (to_tsvector('pg_catalog.simple'::regconfig, terms)) STORED",
        "CREATE INDEX search_searchentry_vector ON search_searchentry USING gin (vector)",
        "ALTER TABLE search_searchentry SET (toast_tuple_target = 128)",
        """
        CREATE FUNCTION search_searchentry_newest
            (wanted tsquery, at timestamp with time zone, most integer)
        RETURNS TABLE (id bigint, facets text, dated_on date)
        LANGUAGE sql STABLE SET enable_seqscan = off SET enable_indexscan = off
        AS $$
            SELECT e.id, e.facets, e.dated_on FROM search_searchentry e
            WHERE e.vector @@ wanted AND (e.visible_from IS NULL OR e.visible_from <= at)
            ORDER BY e.id DESC LIMIT most
        $$
        """,
    ],
}
#: Columns, indexes and triggers go with their table.
REVERSE = {
    "sqlite": ["DROP TABLE search_searchentry_fts"],
    "postgresql": ["DROP FUNCTION search_searchentry_newest"],
}


def run(statements):
    def operation(apps, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return operation


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(run(STATEMENTS), run(REVERSE), elidable=False)]
