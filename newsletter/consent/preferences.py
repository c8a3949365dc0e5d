"""Actions of the preferences page; each is recorded in the consent log."""

from django.db import transaction

from newsletter.consent.log import current_wording, record
from newsletter.models import ConsentEvent, Subscriber, Suppression
from newsletter.subscriptions import REGULAR_KINDS, apply_choices

Event = ConsentEvent.Event


def alerts(subscriber):
    """Return the active subscriptions that end one by one: saved filters and watched items."""
    return subscriber.subscriptions.active().exclude(kind__in=REGULAR_KINDS)


@transaction.atomic
def change(subscriber, form, *, origin):
    """Apply a valid PreferencesForm.

    A former subscriber becomes active again without another mail: only the owner of the mailbox
    has the link to the page.
    """
    language = form.cleaned_data["language"]
    if was_active := subscriber.is_active:
        Subscriber.objects.filter(pk=subscriber.pk).update(language=language)
    else:
        _lift_suppression(subscriber)
        subscriber.confirm(language)
    apply_choices(subscriber, form.choices(), replace_all=True)
    event = Event.CHANGED if was_active else Event.CONFIRMED
    record(subscriber, event, origin=origin, wording=current_wording())


def _lift_suppression(subscriber):
    """Delete the suppressions for bounces and complaints.

    A subscriber who returns by a link in a mail has a working mailbox and wants our mail.
    """
    reasons = [Suppression.Reason.BOUNCED, Suppression.Reason.COMPLAINED]
    Suppression.objects.of(subscriber.email).filter(reason__in=reasons).delete()


@transaction.atomic
def pause(subscriber, until, *, origin):
    """Send no mail before the date `until`."""
    Subscriber.objects.filter(pk=subscriber.pk).update(paused_until=until)
    record(subscriber, Event.PAUSED, origin=origin)


@transaction.atomic
def resume(subscriber, *, origin):
    Subscriber.objects.filter(pk=subscriber.pk).update(paused_until=None)
    record(subscriber, Event.CHANGED, origin=origin)


@transaction.atomic
def export(subscriber, *, origin):
    """Return all data stored about a subscriber, as a dict for JSON."""
    record(subscriber, Event.EXPORTED, origin=origin)
    return {
        "subscriber": {
            "email": subscriber.email,
            "language": subscriber.language,
            "state": subscriber.state,
            "signed_up_at": _instant(subscriber.created_at),
            "confirmed_at": _instant(subscriber.confirmed_at),
            "ended_at": _instant(subscriber.ended_at),
            "paused_until": _instant(subscriber.paused_until),
        },
        "subscriptions": [_subscription(s) for s in subscriber.subscriptions.all()],
        "muted_items": [_mute(mute) for mute in subscriber.mutes.all()],
        "sign_ups": [_sign_up(sign_up) for sign_up in subscriber.sign_ups.all()],
        "consent": [_event(event) for event in subscriber.consent_events.all()],
        "mails": [_mail(delivery) for delivery in subscriber.deliveries.all()],
    }


def _subscription(subscription):
    return {
        "kind": subscription.kind,
        "what": subscription.section,
        "filter": subscription.query,
        "item": subscription.object_id,
        "frequency": subscription.frequency,
        "is_muted": subscription.is_muted,
        "begun_at": _instant(subscription.created_at),
        "ended_at": _instant(subscription.ended_at),
        "ended_why": subscription.end_reason,
    }


def _mute(mute):
    return {
        "type": mute.content_type.model,
        "item": mute.object_id,
        "muted_at": _instant(mute.created_at),
    }


def _sign_up(sign_up):
    return {
        "asked_at": _instant(sign_up.created_at),
        "given_at": sign_up.form_address,
        "asked_for": sign_up.choices,
        "language": sign_up.language,
        "state": sign_up.state,
        "network": sign_up.network,
    }


def _event(event):
    return {
        "event": event.event,
        "at": _instant(event.at),
        "given_at": event.form_address,
        "agreed_to": event.purposes,
        "wording": event.wording_id,
        "wording_language": event.wording_language,
        "wording_hash": event.wording_hash,
        "message_id": event.message_id,
        "network": event.network,
    }


def _mail(delivery):
    return {
        "message_id": delivery.message_id,
        "kind": delivery.get_priority_display(),
        "state": delivery.state,
        "at": _instant(delivery.settled_at),
    }


def _instant(value):
    return value.isoformat() if value else None
