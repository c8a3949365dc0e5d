"""Unsubscribing and erasure of subscribers."""

from django.db import transaction

from newsletter.consent.log import record
from newsletter.models import ConsentEvent, SignUp, Subscriber, Subscription, Suppression

Event, State, EndReason = ConsentEvent.Event, Subscriber.State, Subscription.EndReason

#: End state -> event in the consent log.
EVENTS = {
    State.UNSUBSCRIBED: Event.LEFT,
    State.BOUNCED: Event.BOUNCED,
    State.COMPLAINED: Event.COMPLAINED,
}


@transaction.atomic
def unsubscribe(subscriber, *, state=State.UNSUBSCRIBED, origin=None):
    """End all mail to a subscriber and close their open sign-ups.

    `state` is the end state, which gives the reason. Returns False if mail had already ended.
    """
    _close_sign_ups(subscriber)
    if not subscriber.end(state):
        return False
    subscriber.subscriptions.end(EndReason.LEFT)
    record(subscriber, EVENTS[state], origin=origin)
    return True


@transaction.atomic
def end_subscription(subscription, *, reason=EndReason.READER, origin=None):
    """End one subscription, or all mail if it was the last one.

    Returns False if the subscription had already ended.
    """
    if not subscription.end(reason):
        return False
    subscriber = subscription.subscriber
    record(subscriber, Event.STOPPED, origin=origin)
    if not subscriber.subscriptions.active().exists():
        unsubscribe(subscriber, origin=origin)
    return True


@transaction.atomic
def erase(subscriber, *, suppress_address=False, origin=None):
    """Erase the personal data of a subscriber.

    What remains is the row without its address, the consent log, which has only a keyed hash of
    the address, and a suppression if there was one or `suppress_address` is set.
    """
    if subscriber.state == State.ERASED:
        return
    if suppress_address:
        Suppression.objects.suppress(subscriber.email, Suppression.Reason.REQUESTED)
    unsubscribe(subscriber, origin=origin)
    record(subscriber, Event.ERASED, origin=origin)
    SignUp.objects.filter(email=subscriber.email).delete()
    subscriber.subscriptions.all().delete()
    subscriber.mutes.all().delete()
    subscriber.erase()


def _close_sign_ups(subscriber):
    SignUp.objects.open().filter(email=subscriber.email).update(state=SignUp.State.CLOSED)
