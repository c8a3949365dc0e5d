"""Processing of sign-ups: limits, confirmation mails and confirmation."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from newsletter.consent import Origin, record
from newsletter.delivery import register_renderer
from newsletter.mails import confirmation_mail, reminder_mail
from newsletter.models import ConsentEvent, Delivery, Refusal, SignUp, Subscriber, Suppression
from newsletter.signup.refusals import refuse
from newsletter.subscriptions import REGULAR_KINDS, apply_choices, supported_language
from publishing.jobs import regularly

logger = logging.getLogger(__name__)

#: Rate limit of mails to one address, whoever requests them.
MAILS_TO_ADDRESS, PERIOD = 3, timedelta(days=1)
#: Sign-ups per run of the job, which runs again within seconds.
BATCH_SIZE = 100


@regularly
def mail_sign_ups():
    """Enqueue a mail for each queued sign-up whose address may be mailed."""
    for sign_up in SignUp.objects.filter(state=SignUp.State.QUEUED).order_by("pk")[:BATCH_SIZE]:
        try:
            _process(sign_up)
        except Exception:  # one failure must not block the others
            logger.exception("Sign-up %s could not be e-mailed", sign_up.pk)


@transaction.atomic
def _process(sign_up):
    mailed = {"state": SignUp.State.MAILED, "mailed_at": timezone.now()}
    claimed = SignUp.objects.filter(pk=sign_up.pk, state=SignUp.State.QUEUED)
    if not claimed.update(**mailed):  # another worker was first
        return
    if reason := _refusal_reason(sign_up):
        SignUp.objects.filter(pk=sign_up.pk).update(
            state=SignUp.State.SKIPPED, reason=reason, mailed_at=None
        )
        refuse(reason)
        return
    _enqueue_mail(sign_up)


def _refusal_reason(sign_up):
    """Return the Refusal.Reason that forbids a mail to the address, or None."""
    if Suppression.objects.is_suppressed(sign_up.email):
        return Refusal.Reason.SUPPRESSED
    recent = SignUp.objects.filter(
        email=sign_up.email, mailed_at__gt=timezone.now() - PERIOD
    ).exclude(pk=sign_up.pk)
    return Refusal.Reason.ADDRESS if recent.count() >= MAILS_TO_ADDRESS else None


def _enqueue_mail(sign_up):
    subscriber, _is_new = Subscriber.objects.get_or_create(
        email=sign_up.email, defaults={"language": sign_up.language}
    )
    SignUp.objects.filter(pk=sign_up.pk).update(subscriber=subscriber)
    delivery = Delivery.objects.enqueue(
        key=f"sign-up:{sign_up.nonce}",
        subscriber=subscriber,
        priority=Delivery.Priority.CONFIRMATION,
        renderer="sign-up",
        data={"sign_up": sign_up.pk},
    )
    record(
        subscriber,
        ConsentEvent.Event.ASKED,
        origin=Origin(sign_up.form_address, sign_up.network),
        wording=sign_up.wording,
        message_id=delivery.message_id,
    )


@register_renderer("sign-up")
def sign_up_mail(delivery):
    """Build the mail for a sign-up, or return None if it is no longer open.

    A subscriber who repeats a regular sign-up gets a reminder instead of a confirmation
    request.
    """
    found = SignUp.objects.open().select_related("subscriber")
    sign_up = found.filter(pk=delivery.data["sign_up"]).first()
    if sign_up is None:
        return None
    if sign_up.subscriber.is_active and _is_regular(sign_up):
        return reminder_mail(sign_up.subscriber)
    return confirmation_mail(sign_up)


def _is_regular(sign_up):
    return all(choice["kind"] in REGULAR_KINDS for choice in sign_up.choices)


@transaction.atomic
def confirm(sign_up, *, origin):
    """Activate the choices of a sign-up; return False if it is no longer open."""
    now = timezone.now()
    claimed = SignUp.objects.open().filter(pk=sign_up.pk)
    if not claimed.update(state=SignUp.State.CONFIRMED, confirmed_at=now):
        return False
    subscriber = sign_up.subscriber
    if not subscriber.is_active:
        subscriber.confirm(supported_language(sign_up.language))
    apply_choices(subscriber, sign_up.choices)
    record(
        subscriber,
        ConsentEvent.Event.CONFIRMED,
        origin=origin,
        wording=sign_up.wording,
        message_id=_message_id(sign_up),
    )
    _close_others(sign_up)
    return True


def _message_id(sign_up):
    sent = Delivery.objects.filter(dedupe_key=f"sign-up:{sign_up.nonce}")
    return sent.values_list("message_id", flat=True).first() or ""


def _close_others(sign_up):
    """Close the other open sign-ups for regular mail to the same address.

    Confirming one of them later would undo the newer choice. Alerts only add, so they stay
    open.
    """
    if _is_regular(sign_up):
        others = SignUp.objects.open().filter(email=sign_up.email)
        regular = [other.pk for other in others if _is_regular(other)]
        SignUp.objects.filter(pk__in=regular).update(state=SignUp.State.CLOSED)
