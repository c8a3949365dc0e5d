"""Recording of changes, and reading what other processes have recorded.

A change is a row written in the transaction that makes it, so that it becomes known exactly
when the change becomes visible, to all processes and machines that share the database.
"""

import logging
import time
from datetime import timedelta
from threading import Lock

from django.db import Error as DatabaseError
from django.db import close_old_connections, connection, transaction
from django.utils import timezone

from page_cache.models import Change

logger = logging.getLogger(__name__)

#: Seconds between two readings of the log by one process.
INTERVAL = 0.2
#: Rows are read again for this long, since a transaction may commit after later ones.
OVERLAP = timedelta(minutes=2)
#: Age at which rows are deleted.
KEPT_FOR = timedelta(days=1)


class Recorded:
    """What was recorded in the current transaction or savepoint of a connection."""

    def __init__(self, callbacks):
        self.callbacks = callbacks
        self.tags = set()
        self.is_explained = False
        self.is_waiting = False

    @classmethod
    def of(cls, connection):
        """Return the connection's state; a new one after each commit and rollback."""
        known = getattr(connection, "_recorded_changes", None)
        # Django begins a new list of callbacks whenever it commits or rolls back, also to a
        # savepoint; outside of transactions, each statement is one.
        if known is None or known.callbacks is not connection.run_on_commit:
            known = cls(connection.run_on_commit)
            if connection.in_atomic_block:
                connection._recorded_changes = known
        return known


def record(*tags, using=None):
    """Record that what these tags name changes with the current transaction.

    The transaction's other writes to items are taken to be part of that.
    """
    explain(using)
    Change.objects.using(using).create(tags=" ".join(sorted(tags)))


def explain(using=None):
    """Note that the writes to items of the current transaction are accounted for."""
    Recorded.of(transaction.get_connection(using)).is_explained = True


def record_once(tag, connection):
    """Record a change of one tag, once in each transaction or savepoint."""
    recorded = Recorded.of(connection)
    if tag not in recorded.tags:
        recorded.tags.add(tag)
        Change.objects.using(connection.alias).create(tags=tag)


def record_unless_explained(tag, connection):
    """Record a change of one tag after the transaction, unless `explain` is called in it."""
    recorded = Recorded.of(connection)
    if recorded.is_explained or recorded.is_waiting:
        return
    recorded.is_waiting = True

    def conclude():
        if not recorded.is_explained:
            Change.objects.using(connection.alias).create(tags=tag)

    transaction.on_commit(conclude, using=connection.alias)


def delete_old():
    """Delete rows that every process has read."""
    Change.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()


class ChangeReader:
    """Reads new rows of the log for one process, and passes their tags to `drop`.

    `drop` is called with a set of tags, before `read` returns.
    """

    def __init__(self, drop):
        self.drop = drop
        self._lock = Lock()
        self._read_at = float("-inf")
        self._horizon = None
        self._seen = set()

    def read(self, *, is_forced=False):
        """Read new rows, unless that was done within INTERVAL. Logs an error of the database.

        While another thread reads, an unforced call returns at once.
        """
        if not is_forced and time.monotonic() - self._read_at < INTERVAL:
            return
        if not self._lock.acquire(blocking=is_forced):
            return
        try:
            self._read()
        finally:
            self._lock.release()

    def _read(self):
        if not connection.in_atomic_block:
            close_old_connections()  # also one on which the last reading failed
        try:
            self._read_rows()
        except DatabaseError:
            logger.warning("The log of changes cannot be read.", exc_info=True)
        else:
            self._read_at = time.monotonic()

    def _read_rows(self):
        rows = Change.objects.order_by("pk")
        oldest = timezone.now() - OVERLAP
        if self._horizon is None:
            self._horizon = (
                rows.filter(created_at__lt=oldest).values_list("pk", flat=True).last() or 0
            )
        found = list(rows.filter(pk__gt=self._horizon).values_list("pk", "tags", "created_at"))
        new = {tag for pk, tags, _at in found if pk not in self._seen for tag in tags.split()}
        self._horizon = max([pk for pk, _tags, at in found if at < oldest] + [self._horizon])
        self._seen = {pk for pk, _tags, _at in found if pk > self._horizon}
        if new:
            self.drop(new)
