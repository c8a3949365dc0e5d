"""Signals of publication events, for apps that depend on `publishing`.

They are sent after the transaction commits, with `item` (the live object) and `by` (a user or
None).
"""

from django.dispatch import Signal

#: With `revision`, and `replaced`: the revision that readers saw until now, or None.
revision_recorded = Signal()
published = Signal()
unpublished = Signal()
