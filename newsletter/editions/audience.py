"""Audience of an edition."""

import re

from django.db.models import Exists, OuterRef, Q

from newsletter.models import Subscriber, Subscription
from publishing.models import Topic


def audience(edition):
    """Return the subscribers who would get the edition now.

    They may be mailed today and subscribe to editions, in one of its languages and on one of
    its topics. Subscribers without topics get all editions.
    """
    theirs = Subscription.objects.active().filter(subscriber=OuterRef("pk"))
    found = Subscriber.objects.mailable().filter(
        Exists(theirs.filter(kind=Subscription.Kind.EDITION, is_muted=False)),
        language__in=edition.languages,
    )
    if topics := list(edition.topics.all()):
        with_topics = theirs.filter(kind=Subscription.Kind.TOPIC)
        found = found.filter(
            Exists(with_topics.filter(_on_topics(topics))) | ~Exists(with_topics)
        )
    return found


def _on_topics(topics):
    """Return a Q for subscriptions to all topics, to one of these or to a narrower one."""
    slugs = Topic.objects.within(topics).values_list("slug", flat=True)
    names = "|".join(re.escape(slug) for slug in slugs)
    return Q(query="") | Q(query__regex=f"(^|&)topic=({names})(&|$)")
