"""Subscription choices: conversion from forms to rows, and to readable text."""

from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.db import transaction
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from newsletter.models import EDITIONS, Frequency, Subscription, list_choices
from newsletter.subscriptions.rounds import told_until
from newsletter.subscriptions.saved_filters import name_of, subscribable
from publishing.models import Topic

Kind = Subscription.Kind

#: Kinds that one form replaces as a whole; alerts are added and ended one by one.
REGULAR = [Kind.EDITION, Kind.TOPIC]
#: Maximum number of topics per person, so that their query fits its column.
MAX_TOPICS = 15


def offered_lists():
    """Return (name, title) of what the form offers, which is also the default choice."""
    return [(EDITIONS, str(dict(list_choices())[EDITIONS])), *subscribable()]


def regular(what=None, topics=(), frequency=Frequency.WEEKLY):
    """Return the choices of the form as a list of dicts with the fields of Subscription.

    The list can be serialised to JSON. `what` are names of lists, by default all offered ones;
    `topics` are slugs; an empty list means all topics.
    """
    what = [name for name, _title in offered_lists()] if what is None else what
    query = urlencode([("topic", slug) for slug in sorted(topics)])
    return [
        {"kind": Kind.EDITION, "what": EDITIONS}
        if each == EDITIONS
        else {"kind": Kind.TOPIC, "what": each, "query": query, "frequency": frequency}
        for each in what
    ]


@transaction.atomic
def take(subscriber, choices, *, is_whole=False):
    """Update a subscriber's subscriptions to the given choices.

    Regular mail is replaced as a whole if `choices` has any; with `is_whole` also if it has
    none. Alerts are added to the existing ones.
    """
    wanted = [Subscription(subscriber=subscriber, **choice) for choice in choices]
    active = {(s.kind, s.digest): s for s in subscriber.subscriptions.active()}
    new = {(s.kind, s.content_digest()): s for s in wanted}
    if is_whole or any(kind in REGULAR for kind, _digest in new):
        former = [s.pk for key, s in active.items() if key[0] in REGULAR and key not in new]
        Subscription.objects.filter(pk__in=former).end(Subscription.Why.REPLACED)
    for key, subscription in new.items():
        if key in active:
            change_frequency(active[key], subscription.frequency)
        else:
            subscription.save()


def change_frequency(subscription, frequency):
    """Change the frequency of a subscription without losing pending items.

    Records the time up to which the former frequency has been served.
    """
    if subscription.frequency != frequency:
        subscription.told_until = subscription.told_until or told_until(subscription.frequency)
        subscription.frequency = frequency
        subscription.save(update_fields=["frequency", "told_until"])


def chosen(subscriber):
    """Return the initial form data of a subscriber: dict of what, topics and frequency."""
    rows = [s for s in subscriber.subscriptions.active() if s.kind in REGULAR]
    lists = [s for s in rows if s.kind == Kind.TOPIC]
    return {
        "what": [s.what for s in rows],
        "topics": sorted({slug for s in lists for slug in topics_of(s.query)}),
        "frequency": lists[0].frequency if lists else Frequency.WEEKLY,
    }


def topics_of(query):
    """Return the topic slugs in a canonical query."""
    return [value for name, value in parse_qsl(query) if name == "topic"]


def described(choices):
    """Return each choice as text in the active language, without any user input."""
    return [_described(Subscription(**choice)) for choice in choices]


def _described(subscription):
    what = subscription.get_what_display()
    if subscription.kind == Kind.EDITION:
        return what
    if subscription.kind in (Kind.FILTER, Kind.WATCH):
        what = name_of(subscription, shows_typed=False)
    names = Topic.objects.filter(slug__in=topics_of(subscription.query))
    if subscription.kind == Kind.TOPIC and (found := [str(topic) for topic in names]):
        topics = get_text_list(found, _("or"))
        what = _("%(what)s on %(topics)s") % {"what": what, "topics": topics}
    often = subscription.get_frequency_display()
    return _("%(what)s, %(often)s") % {"what": what, "often": often.lower()}


def offered(language):
    """Return the language if the portal still offers it, else the default language."""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
