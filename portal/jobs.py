"""Nightly maintenance of the database."""

from django.db import connection

from page_cache import changes
from publishing.jobs import nightly

nightly(changes.delete_old)


@nightly
def gather_statistics():
    """Run ANALYZE on SQLite; PostgreSQL gathers statistics by itself.

    Without statistics, SQLite scans all published items to find the few of a page.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
