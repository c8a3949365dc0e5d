"""Delivery reports: webhooks of mail services, and returned mails.

Each report counts once. Hard bounces and complaints suppress the address, soft bounces only if
they are frequent.
"""

import hashlib
import json
from email import message_from_bytes, policy

from anymail.signals import EventType, tracking
from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import transaction
from django.dispatch import receiver
from django.http import Http404
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt

from newsletter.delivery.failures import suppress, suppress_if_often
from newsletter.models import BounceEvent, Delivery, Subscriber, normalise_email

Kind, State = BounceEvent.Kind, Delivery.State

#: Supported mail services -> view that authenticates and parses their reports.
SERVICES = {
    "brevo": "anymail.webhooks.brevo.BrevoTrackingWebhookView",
    "mailgun": "anymail.webhooks.mailgun.MailgunTrackingWebhookView",
    "mailjet": "anymail.webhooks.mailjet.MailjetTrackingWebhookView",
    "postmark": "anymail.webhooks.postmark.PostmarkTrackingWebhookView",
    "sparkpost": "anymail.webhooks.sparkpost.SparkPostTrackingWebhookView",
}
EVENTS = {
    EventType.DELIVERED: Kind.DELIVERED,
    EventType.BOUNCED: Kind.HARD,
    EventType.REJECTED: Kind.SOFT,
    EventType.DEFERRED: Kind.SOFT,
    EventType.COMPLAINED: Kind.COMPLAINT,
}
#: Kind of report -> state of an accepted delivery.
STATES = {
    Kind.DELIVERED: State.DELIVERED,
    Kind.HARD: State.BOUNCED,
    Kind.COMPLAINT: State.COMPLAINED,
}
#: Maximum number of bytes read of a returned mail.
MAX_REPORT_BYTES = 1_000_000


@csrf_exempt
def webhook(request):
    """Receive reports from the mail service, which has to authenticate itself.

    Raises Http404 if no mail service is configured.
    """
    if not settings.MAIL_SERVICE:
        raise Http404
    view = import_string(SERVICES[settings.MAIL_SERVICE])
    try:
        return view.as_view()(request)
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise BadRequest("This is no report of the mail service.") from error


@receiver(tracking)
def receive_event(sender, event, **kwargs):
    """Process an event of anymail, which has authenticated the sender."""
    kind = EVENTS.get(event.event_type)
    delivery = kind and _delivery(event.message_id, event.recipient)
    if delivery:
        report = event.event_id or _digest(json.dumps(event.esp_event, default=str).encode())
        answer = event.mta_response or event.description or ""
        record_report(f"{settings.MAIL_SERVICE}:{report}"[:200], delivery, kind, answer)


def _delivery(message_id, recipient):
    """Find a delivery by Message-ID, or the last accepted one to the recipient.

    Some services replace the Message-ID.
    """
    known = Delivery.objects.select_related("subscriber")
    found = known.filter(message_id=str(message_id or "").strip("<> ")).first()
    if found or not recipient:
        return found
    accepted = known.filter(
        subscriber__email=normalise_email(recipient), state__in=Delivery.ACCEPTED
    )
    return accepted.order_by("-settled_at", "-pk").first()


@transaction.atomic
def record_report(report, delivery, kind, answer=""):
    """Record a report and act on it; return False if it was known."""
    event, is_new = BounceEvent.objects.get_or_create(
        report=report,
        defaults={"delivery": delivery, "kind": kind, "answer": answer.replace("\0", "")[:500]},
    )
    if not is_new:
        return False
    if state := STATES.get(event.kind):
        accepted = Delivery.objects.filter(pk=delivery.pk, state__in=Delivery.ACCEPTED)
        accepted.update(state=state)
    if event.kind == Kind.HARD:
        suppress(delivery.subscriber, Subscriber.State.BOUNCED)
    elif event.kind == Kind.COMPLAINT:
        suppress(delivery.subscriber, Subscriber.State.COMPLAINED)
    elif event.kind == Kind.SOFT:
        suppress_if_often(delivery.subscriber)
    return True


def process_returned_mail(content):
    """Process a returned mail (RFC 3464), given as bytes.

    Returns the BounceEvent's kind, or None if it is no report about a mail of the portal. A
    report is trusted if it quotes a Message-ID, which nobody can guess.
    """
    mail = message_from_bytes(content[:MAX_REPORT_BYTES], policy=policy.default)
    if mail.get_content_type() != "multipart/report":
        return None
    status, names = "", []
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status":
            status = status or _status(part)
        elif part.get_content_type() in ("message/rfc822", "text/rfc822-headers"):
            names += _message_ids(part)
    kind = {"5": Kind.HARD, "4": Kind.SOFT, "2": Kind.DELIVERED}.get(status[:1])
    delivery = _delivery(names[0], "") if names and kind else None
    if not delivery:
        return None
    record_report(f"mail:{_digest(content)}", delivery, kind, status)
    return kind


def _status(part):
    """Return the first "Status" field of the recipient blocks, or an empty string."""
    blocks = part.get_payload()
    return next((str(block["Status"]) for block in blocks if block["Status"]), "")


def _message_ids(part):
    payload = part.get_payload()
    if isinstance(payload, list):  # message/rfc822 contains the mail itself
        original = payload[0]
    else:
        original = message_from_bytes(part.get_payload(decode=True), policy=policy.default)
    return [str(original["Message-ID"])] if original["Message-ID"] else []


def _digest(content):
    return hashlib.sha256(content).hexdigest()
