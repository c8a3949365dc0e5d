"""Versions of an item and deleted items, in the admin."""

from publishing.admin.history.deletions import deleted, restore_deleted
from publishing.admin.history.steps import discard, restore, undo
from publishing.admin.history.versions import compare, history

__all__ = ["compare", "deleted", "discard", "history", "restore", "restore_deleted", "undo"]
