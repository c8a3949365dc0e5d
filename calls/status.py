"""The status of a call: a pure function of its instants and of now, never stored.

`status_at` answers for one call in Python, `status_case` and `status_filter` for many in the
database. All three follow the table in `status_at`'s docstring.
"""

from datetime import timedelta

from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from publishing import clock

#: How long before its deadline an open call is said to close soon.
CLOSING_SOON = timedelta(days=14)


class Status(models.TextChoices):
    CLOSING_SOON = "closing_soon", _("Closing soon")
    OPEN = "open", _("Open")
    FORTHCOMING = "forthcoming", _("Forthcoming")
    IN_EVALUATION = "in_evaluation", _("In evaluation")
    CLOSED = "closed", _("Closed")


def status_at(call, now=None):
    """Status of a call at an instant (now by default), by its opens_at, closes_at, decides_at.

    | status        | holds while                                                        |
    |---------------|--------------------------------------------------------------------|
    | forthcoming   | it has no known opening, or opens later                            |
    | open          | it has opened, and has no deadline or one more than 14 days ahead  |
    | closing soon  | it has opened, and its deadline is at most 14 days ahead           |
    | in evaluation | its deadline has passed, and its decision is still to come         |
    | closed        | its deadline has passed, and so has its decision, if one is known  |

    A deadline holds to its very instant: at it, the call is closed.
    """
    now = now or clock.now()
    if call.closes_at and call.closes_at <= now:
        decided = call.decides_at is None or call.decides_at <= now
        return Status.CLOSED if decided else Status.IN_EVALUATION
    if call.opens_at is None or call.opens_at > now:
        return Status.FORTHCOMING
    if call.closes_at and call.closes_at - now <= CLOSING_SOON:
        return Status.CLOSING_SOON
    return Status.OPEN


def status_filter(status, now=None):
    """The same as a Q object, for `Call.objects.filter()`."""
    now = now or clock.now()
    over = Q(closes_at__lte=now)
    running = Q(opens_at__lte=now) & (Q(closes_at=None) | Q(closes_at__gt=now))
    soon = Q(closes_at__lte=now + CLOSING_SOON)
    return {
        Status.CLOSED: over & (Q(decides_at=None) | Q(decides_at__lte=now)),
        Status.IN_EVALUATION: over & Q(decides_at__gt=now),
        Status.FORTHCOMING: (Q(closes_at=None) | Q(closes_at__gt=now))
        & (Q(opens_at=None) | Q(opens_at__gt=now)),
        Status.CLOSING_SOON: running & soon,
        Status.OPEN: running & (Q(closes_at=None) | Q(closes_at__gt=now + CLOSING_SOON)),
    }[Status(status)]


def status_case(now=None):
    """The same as an expression, for counting and grouping."""
    now = now or clock.now()
    cases = [When(status_filter(status, now), then=Value(status.value)) for status in Status]
    return Case(*cases, output_field=models.CharField())
