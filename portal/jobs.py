"""What the portal does by itself for the database as a whole."""

from django.db import connection

from publishing.jobs import nightly


@nightly
def gather_statistics():
    """SQLite looks at what its tables have only when told to, and without that knowledge looks
    through all that is published for the few items of a page. PostgreSQL does so by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
