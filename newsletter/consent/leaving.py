"""The ways out: one subscription, all of them, and everything that is known of a person."""

from django.db import transaction

from newsletter.consent.log import record
from newsletter.models import ConsentEvent, SignUp, Subscriber, Subscription, Suppression

Event, State, Why = ConsentEvent.Event, Subscriber.State, Subscription.Why

#: What the consent log says of somebody who came into a state.
EVENTS = {
    State.UNSUBSCRIBED: Event.LEFT,
    State.BOUNCED: Event.BOUNCED,
    State.COMPLAINED: Event.COMPLAINED,
}


@transaction.atomic
def leave(subscriber, *, state=State.UNSUBSCRIBED, origin=None):
    """End all mail to a subscriber, and the links that could begin it anew. `state` tells why.
    False when it had ended before."""
    _close_sign_ups(subscriber)
    if not subscriber.end(state):
        return False
    subscriber.subscriptions.end(Why.LEFT)
    record(subscriber, EVENTS[state], origin=origin)
    return True


@transaction.atomic
def stop(subscription, *, why=Why.READER, origin=None):
    """End one subscription; who has no other left has left. False when it had ended before."""
    if not subscription.end(why):
        return False
    subscriber = subscription.subscriber
    record(subscriber, Event.STOPPED, origin=origin)
    if not subscriber.subscriptions.active().exists():
        leave(subscriber, origin=origin)
    return True


@transaction.atomic
def erase(subscriber, *, is_never_to_return=False, origin=None):
    """Forget who a subscriber is. What stays: a row without address, the consent log, which
    holds a keyed hash of the address, and a suppression where there is one or it is asked for.
    """
    if subscriber.state == State.ERASED:
        return
    if is_never_to_return:
        Suppression.objects.suppress(subscriber.email, Suppression.Reason.REQUESTED)
    leave(subscriber, origin=origin)
    record(subscriber, Event.ERASED, origin=origin)
    SignUp.objects.filter(email=subscriber.email).delete()
    subscriber.subscriptions.all().delete()
    subscriber.mutes.all().delete()
    subscriber.erase()


def _close_sign_ups(subscriber):
    SignUp.objects.open().filter(email=subscriber.email).update(state=SignUp.State.CLOSED)
