"""Events of publishing. Apps to the right of `publishing` connect to them; each is sent after
the transaction has been committed, with `item` (the live object) and `by` (a user or None)."""

from django.dispatch import Signal

published = Signal()
unpublished = Signal()
