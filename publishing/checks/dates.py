"""Check of date order; content types name the fields."""

from django.utils.translation import gettext as _

from publishing.checks.base import error, field_label
from publishing.checks.content import with_rows


def out_of_order(item, first, last):
    """Yield an error for the item and each row in which the date `last` is before `first`.

    Models without both fields are skipped.
    """
    for owner, location in with_rows(item):
        start, end = getattr(owner, first, None), getattr(owner, last, None)
        if start and end and end < start:
            message = _("This is before “%(first)s”. Correct one of the dates.")
            name = field_label(type(owner), first)
            yield error(message % {"first": name}, last, **location)
