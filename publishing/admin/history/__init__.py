"""Versions of an item and deleted items, in the admin."""
