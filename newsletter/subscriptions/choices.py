"""Subscription choices: conversion from forms to rows, and to readable text."""

from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.db import transaction
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from newsletter.models import EDITIONS, Frequency, Subscription, list_choices
from newsletter.subscriptions.runs import last_run_end
from newsletter.subscriptions.saved_filters import name_of, subscribable_lists
from publishing.models import Topic

Kind = Subscription.Kind

#: Kinds that one form replaces as a whole; alerts are added and ended one by one.
REGULAR_KINDS = [Kind.EDITION, Kind.TOPIC]
#: Maximum number of topics per person, so that their query fits its column.
MAX_TOPICS = 15


def offered_lists():
    """Return the (name, title) pairs that the form offers, which are also the default."""
    return [(EDITIONS, str(dict(list_choices())[EDITIONS])), *subscribable_lists()]


def offered_list_names():
    return [name for name, _title in offered_lists()]


def regular_choices(list_names=None, topics=(), frequency=Frequency.WEEKLY):
    """Return the choices of the form as a list of dicts, which can be serialised to JSON.

    Each is the argument of `subscription_for`. `list_names` are by default all offered ones;
    `topics` are slugs; an empty list means all topics.
    """
    list_names = offered_list_names() if list_names is None else list_names
    query = urlencode([("topic", slug) for slug in sorted(topics)])
    return [
        {"kind": Kind.EDITION, "what": EDITIONS}
        if name == EDITIONS
        else {"kind": Kind.TOPIC, "what": name, "query": query, "frequency": frequency}
        for name in list_names
    ]


def subscription_for(choice, subscriber=None):
    """Return an unsaved Subscription for a choice, as stored in `SignUp.choices`."""
    fields = {"section" if name == "what" else name: value for name, value in choice.items()}
    return Subscription(subscriber=subscriber, **fields)


@transaction.atomic
def apply_choices(subscriber, choices, *, replace_all=False):
    """Update a subscriber's subscriptions to the given choices.

    Regular mail is replaced as a whole if `choices` has any; with `replace_all` also if
    it has none. Alerts are added to the existing ones.
    """
    wanted = [subscription_for(choice, subscriber) for choice in choices]
    active = {(s.kind, s.digest): s for s in subscriber.subscriptions.active()}
    new = {(s.kind, s.content_digest()): s for s in wanted}
    if replace_all or any(kind in REGULAR_KINDS for kind, _digest in new):
        former = [
            s.pk for key, s in active.items() if key[0] in REGULAR_KINDS and key not in new
        ]
        Subscription.objects.filter(pk__in=former).end(Subscription.EndReason.REPLACED)
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
        subscription.sent_until = subscription.sent_until or last_run_end(
            subscription.frequency
        )
        subscription.frequency = frequency
        subscription.save(update_fields=["frequency", "sent_until"])


def form_initial(subscriber):
    """Return the initial form data of a subscriber: dict of what, topics and frequency."""
    rows = [s for s in subscriber.subscriptions.active() if s.kind in REGULAR_KINDS]
    lists = [s for s in rows if s.kind == Kind.TOPIC]
    return {
        "what": [s.section for s in rows],
        "topics": sorted({slug for s in lists for slug in topics_of(s.query)}),
        "frequency": lists[0].frequency if lists else Frequency.WEEKLY,
    }


def topics_of(query):
    """Return the topic slugs in a canonical query."""
    return [value for name, value in parse_qsl(query) if name == "topic"]


def describe_choices(choices):
    """Return each choice as text in the active language, without any user input."""
    return [_describe(subscription_for(choice)) for choice in choices]


def _describe(subscription):
    title = subscription.get_section_display()
    if subscription.kind == Kind.EDITION:
        return title
    if subscription.kind in (Kind.FILTER, Kind.WATCH):
        title = name_of(subscription, with_search_terms=False)
    names = Topic.objects.filter(slug__in=topics_of(subscription.query))
    if subscription.kind == Kind.TOPIC and (found := [str(topic) for topic in names]):
        topics = get_text_list(found, _("or"))
        title = _("%(what)s on %(topics)s") % {"what": title, "topics": topics}
    frequency = subscription.get_frequency_display()
    return _("%(what)s, %(often)s") % {"what": title, "often": frequency.lower()}


def supported_language(language):
    """Return the language if the portal still offers it, else the default language."""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
