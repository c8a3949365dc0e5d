"""Handling of mails that were not accepted, and suppression of addresses.

Only failures caused by an address count against it: an address that accepts no mail is
suppressed, while a mail server that accepts nothing pauses the edition.
"""

import logging

from django.db import transaction
from django.utils import timezone

from newsletter.consent import unsubscribe
from newsletter.delivery.queue import BACK_OFF
from newsletter.delivery.transport import Result
from newsletter.models import Delivery, Edition, Subscriber, Suppression

logger = logging.getLogger(__name__)

State = Delivery.State
#: Suppress an address when SOFT_FAILURES of its RECENT_MAILS have failed temporarily.
SOFT_FAILURES, RECENT_MAILS = 3, 5
#: Enhanced codes (RFC 3463) of policy rejections, which are not due to the address.
POLICY = "5.7."


def record_failure(batch, row, outcome):
    """Record a failed attempt: retry, give up or suppress. Raises LostLease."""
    if outcome.result is Result.BOUNCED and not outcome.enhanced.startswith(POLICY):
        batch.settle(row, outcome, State.FAILED)
        suppress(row.subscriber, Subscriber.State.BOUNCED)
    elif outcome.result in (Result.BOUNCED, Result.REFUSED):
        batch.settle(row, outcome, State.FAILED)
    elif outcome.result is Result.AMBIGUOUS and row.edition and row.edition.is_at_most_once:
        batch.settle(row, outcome, State.UNKNOWN)
    elif row.attempt < len(BACK_OFF):
        _try_later(batch, row, outcome)
    else:
        batch.settle(row, outcome, State.FAILED)
        suppress_if_often(row.subscriber)


def _try_later(batch, row, outcome):
    at = timezone.now() + BACK_OFF[row.attempt]
    batch.settle(row, outcome, State.RETRY, attempt=row.attempt + 1, next_attempt_at=at)


def is_server_failure(outcome):
    """Return True if a mail was not accepted for a reason other than the address."""
    server_failures = (Result.BROKEN, Result.AMBIGUOUS, Result.REFUSED)
    return outcome.result in server_failures or (
        outcome.result is Result.BOUNCED and outcome.enhanced.startswith(POLICY)
    )


def reset_for_retry(failures):
    """Reset these (Delivery, Outcome) for a retry, since the mail server was at fault."""
    for row, outcome in failures:
        if outcome.result is not Result.AMBIGUOUS:
            written = Delivery.objects.filter(
                pk=row.pk, state__in=(State.FAILED, State.RETRY), lease_owner=""
            )
            as_before = {"attempt": row.attempt, "settled_at": None}
            written.update(state=State.RETRY, next_attempt_at=timezone.now(), **as_before)


def pause_edition(edition_id, reason):
    """Pause an edition that the mail server does not accept, and store the reason."""
    sending = Edition.objects.filter(pk=edition_id, state=Edition.State.SENDING)
    sending.update(state=Edition.State.PAUSED, problem=reason)
    logger.error("Edition %s was paused automatically: %s", edition_id, reason)


@transaction.atomic
def suppress(subscriber, state):
    """Suppress an address that accepts no mail, or whose owner complained.

    `state` is the end state of the subscriber (BOUNCED or COMPLAINED).
    """
    if subscriber and subscriber.address_hash:
        reason = {"reason": state}
        Suppression.objects.get_or_create(address_hash=subscriber.address_hash, defaults=reason)
        unsubscribe(subscriber, state=state)


def suppress_if_often(subscriber):
    """Suppress the address if SOFT_FAILURES of the RECENT_MAILS to it failed temporarily."""
    if subscriber is None:
        return
    latest = subscriber.deliveries.settled().exclude(state=State.SKIPPED)
    latest = latest.order_by("-settled_at", "-pk")[:RECENT_MAILS]
    if sum(_failed_for_now(one) for one in latest) >= SOFT_FAILURES:
        suppress(subscriber, Subscriber.State.BOUNCED)


def _failed_for_now(delivery):
    was_deferred = delivery.state == State.FAILED and 400 <= (delivery.smtp_code or 0) < 500
    return was_deferred or delivery.bounce_events.filter(kind="soft").exists()
