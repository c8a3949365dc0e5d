"""Detection of writes to tables that public pages read.

The workflow records what it publishes, with the tags of the items. All other writes, by the
admin, jobs, commands or the shell, are found here by their SQL, and drop all pages.
"""

import re

from django.db.backends.signals import connection_created

from page_cache import changes
from page_cache.dependencies import SITE

STATEMENT = re.compile(
    r"\s*(?:insert\s+(?:or\s+\w+\s+)?into|update|delete\s+from|truncate)\s+[\"`]?(\w+)",
    re.IGNORECASE,
)
_item_tables, _site_tables = set(), set()


def watch(*, item_tables, site_tables):
    """Add tables to watch, by name.

    A write to one of `site_tables` drops all pages. So does one to `item_tables`, except in a
    transaction whose changes the workflow records.
    """
    _item_tables.update(item_tables)
    _site_tables.update(site_tables)


def watch_connections():
    """Watch the statements of all connections that are opened from now on."""
    connection_created.connect(_watch_connection, dispatch_uid="page_cache")


def _watch_connection(sender, connection, **kwargs):
    if _execute not in connection.execute_wrappers:
        # First, since Django removes the last one when one of its own ends.
        connection.execute_wrappers.insert(0, _execute)


def _execute(execute, sql, params, many, context):
    result = execute(sql, params, many, context)
    if sql[:1] not in "Ss":  # SELECT, SAVEPOINT
        _note(sql, context["connection"])
    return result


def _note(sql, connection):
    table = (match := STATEMENT.match(sql)) and match[1]
    if table in _site_tables:
        changes.record_once(SITE, connection)
    elif table in _item_tables:
        changes.record_unless_explained(SITE, connection)
