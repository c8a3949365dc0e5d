"""Signals of publishing, for apps that build on it.

All are sent with `item` (the live object). `revision_recorded` is sent within the transaction:
what its receivers write is committed with the revision or not at all, and their errors undo
it. The others are sent after the commit, with `by` (a user or None).
"""

from django.dispatch import Signal

#: With `revision`, and `replaced`: the revision that readers saw until now, or None.
revision_recorded = Signal()
published = Signal()
unpublished = Signal()
