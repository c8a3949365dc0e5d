"""Check that what ends doesn't end before it starts; content types name their own fields."""

from django.utils.translation import gettext as _

from publishing.checks.base import error, field_label
from publishing.checks.content import with_rows


def out_of_order(item, first, last):
    """An error for the item and each of its rows whose field `last` lies before `first`.

    Models that lack either field are passed over.
    """
    for owner, place in with_rows(item):
        start, end = getattr(owner, first, None), getattr(owner, last, None)
        if start and end and end < start:
            message = _("This lies before “%(first)s”. Correct one of the two.")
            name = field_label(type(owner), first)
            yield error(message % {"first": name}, last, **place)
