"""What people choose to get: from a form to rows, and back into words."""

from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.db import transaction
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from newsletter.models import Frequency, Subscription
from newsletter.subscriptions.rounds import told_until
from newsletter.subscriptions.saved_filters import name_of
from publishing.models import Topic

Kind, What = Subscription.Kind, Subscription.What

#: What the form offers; also what somebody gets who gives nothing but an address.
OFFERED = [What.EDITIONS, What.CALLS, What.NEWS, What.EVENTS]
#: What one form replaces as a whole; alerts are added and ended one by one.
REGULAR = [Kind.EDITION, Kind.TOPIC]
#: The most topics of one person: enough for every reader, and their query fits its column.
MAX_TOPICS = 15


def regular(what=OFFERED, topics=(), frequency=Frequency.WEEKLY):
    """The choice of the form, as a list of dicts: JSON of what `Subscription` has.

    `topics` are slugs; none of them means all.
    """
    query = urlencode([("topic", slug) for slug in sorted(topics)])
    return [
        {"kind": Kind.EDITION, "what": What.EDITIONS}
        if each == What.EDITIONS
        else {"kind": Kind.TOPIC, "what": each, "query": query, "frequency": frequency}
        for each in what
    ]


@transaction.atomic
def take(subscriber, choices, *, is_whole=False):
    """Give a subscriber what was chosen. A choice of regular mail takes the place of the
    former one, also an empty one that `is_whole`; alerts are added to those that there are."""
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
    """Tell it more or less often from now on; of the time until then nothing is left out."""
    if subscription.frequency != frequency:
        subscription.told_until = subscription.told_until or told_until(subscription.frequency)
        subscription.frequency = frequency
        subscription.save(update_fields=["frequency", "told_until"])


def chosen(subscriber):
    """The values of the form for what somebody gets now: dict of what, topics, frequency."""
    rows = [s for s in subscriber.subscriptions.active() if s.kind in REGULAR]
    lists = [s for s in rows if s.kind == Kind.TOPIC]
    return {
        "what": [s.what for s in rows],
        "topics": sorted({slug for s in lists for slug in topics_of(s.query)}),
        "frequency": lists[0].frequency if lists else Frequency.WEEKLY,
    }


def topics_of(query):
    """The slugs of the topics in a canonical query."""
    return [value for name, value in parse_qsl(query) if name == "topic"]


def described(choices):
    """Each choice in words, in the active language: nothing in them was typed by anybody."""
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
    """The language, or the portal's default where it is not one of the portal's any more."""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
