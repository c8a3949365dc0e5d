from django.db import migrations

# PostgreSQL takes a vector of several kB apart for each row that it looks at, and counts that
# as nothing: it would rather read the whole table, or go through it backward, than ask the
# index of the vectors. So the function leaves it no choice. What it reads there stands close
# together when the texts stand elsewhere: CLUSTER moves those that are there already.
STATEMENTS = {
    "sqlite": [],
    "postgresql": [
        "ALTER TABLE publishing_searchentry SET (toast_tuple_target = 128)",
        "CLUSTER publishing_searchentry USING publishing_searchentry_pkey",
        """
        CREATE FUNCTION publishing_searchentry_newest
            (wanted tsquery, at timestamp with time zone, most integer)
        RETURNS TABLE (id bigint, facets text, dated_on date)
        LANGUAGE sql STABLE SET enable_seqscan = off SET enable_indexscan = off
        AS $$
            SELECT e.id, e.facets, e.dated_on FROM publishing_searchentry e
            WHERE e.vector @@ wanted AND (e.visible_from IS NULL OR e.visible_from <= at)
            ORDER BY e.id DESC LIMIT most
        $$
        """,
    ],
}
BACK = {
    "sqlite": [],
    "postgresql": [
        "DROP FUNCTION publishing_searchentry_newest",
        "ALTER TABLE publishing_searchentry RESET (toast_tuple_target)",
    ],
}


def run(statements):
    def operation(apps, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return operation


class Migration(migrations.Migration):
    dependencies = [("publishing", "0011_sitemap_part")]

    operations = [migrations.RunPython(run(STATEMENTS), run(BACK), elidable=False)]
