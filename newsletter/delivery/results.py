"""What is written of a mail that the server did not take, and who is written to no more.

Recipients are charged only with what is theirs: an address that takes no mail is suppressed, a
mail server that takes nothing pauses the edition.
"""

import logging

from django.db import transaction
from django.utils import timezone

from newsletter.consent import leave
from newsletter.delivery.queue import BACK_OFF
from newsletter.delivery.transport import Result
from newsletter.models import Delivery, Edition, Subscriber, Suppression

logger = logging.getLogger(__name__)

State = Delivery.State
#: So many of somebody's last mails must have failed for now before they get no more.
SOFT, LAST = 3, 5
#: Enhanced codes (RFC 3463) of refusals for reasons of policy: not the address's fault.
POLICY = "5.7."


def note(batch, row, outcome):
    """Write what became of a mail that was begun and not sent. Raises LostLease."""
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


def is_in_vain(outcome):
    """Whether a mail was not taken for no fault of the address."""
    in_vain = (Result.BROKEN, Result.AMBIGUOUS, Result.REFUSED)
    return outcome.result in in_vain or (
        outcome.result is Result.BOUNCED and outcome.enhanced.startswith(POLICY)
    )


def uncharge(noted):
    """Undo what was written of these (Delivery, Outcome): it was the mail server's fault."""
    for row, outcome in noted:
        if outcome.result is not Result.AMBIGUOUS:
            written = Delivery.objects.filter(
                pk=row.pk, state__in=(State.FAILED, State.RETRY), lease_owner=""
            )
            as_before = {"attempt": row.attempt, "settled_at": None}
            written.update(state=State.RETRY, next_attempt_at=timezone.now(), **as_before)


def pause_itself(edition_id, reason):
    """Stop an edition that the mail server does not take, and say why."""
    sending = Edition.objects.filter(pk=edition_id, state=Edition.State.SENDING)
    sending.update(state=Edition.State.PAUSED, problem=reason)
    logger.error("Edition %s has paused itself: %s", edition_id, reason)


@transaction.atomic
def suppress(subscriber, state):
    """Write no more to an address that takes no mail, or whose owner complained; `state` is
    what the subscriber becomes."""
    if subscriber and subscriber.address_hash:
        reason = {"reason": state}
        Suppression.objects.get_or_create(address_hash=subscriber.address_hash, defaults=reason)
        leave(subscriber, state=state)


def suppress_if_often(subscriber):
    """Suppress the address when SOFT of the LAST mails to it failed for now."""
    if subscriber is None:
        return
    latest = subscriber.deliveries.settled().exclude(state=State.SKIPPED)
    latest = latest.order_by("-settled_at", "-pk")[:LAST]
    if sum(_failed_for_now(one) for one in latest) >= SOFT:
        suppress(subscriber, Subscriber.State.BOUNCED)


def _failed_for_now(delivery):
    was_deferred = delivery.state == State.FAILED and 400 <= (delivery.smtp_code or 0) < 500
    return was_deferred or delivery.bounce_events.filter(kind="soft").exists()
