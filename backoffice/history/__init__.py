"""Versions of an item and deleted items, in the admin."""

from backoffice.history.deletions import deleted, restore_deleted
from backoffice.history.steps import discard, restore, undo
from backoffice.history.versions import compare, history

__all__ = ["compare", "deleted", "discard", "history", "restore", "restore_deleted", "undo"]
