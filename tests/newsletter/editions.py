"""Test helpers for editions and their subscribers."""

from itertools import cycle

from django.utils import timezone

from news.models import Article
from newsletter.models import Delivery, Edition, Subscriber, Subscription, address_hash
from tests.factories import published
from tests.staff import member

LANGUAGES = ("en", "fr", "nl")


def readers(number, languages=LANGUAGES, **fields):
    """Create active subscribers to editions: reader1@example.org, reader2@…"""
    emails = [f"reader{n}@example.org" for n in range(1, number + 1)]
    created = Subscriber.objects.bulk_create(
        Subscriber(
            email=email,
            address_hash=address_hash(email),
            language=language,
            state="active",
            confirmed_at=timezone.now(),
            **fields,
        )
        for email, language in zip(emails, cycle(languages), strict=False)
    )
    subscriptions = [
        Subscription(subscriber=one, kind="edition", section="editions") for one in created
    ]
    for subscription in subscriptions:
        subscription.digest = subscription.content_digest()
    Subscription.objects.bulk_create(subscriptions)
    return created


def edition(*items, **fields):
    """Create a draft edition with these items, by default with one article."""
    texts = {"subject_en": "News of May", "subject_fr": "Nouvelles de mai", "subject_nl": "Mei"}
    created = Edition.objects.create(
        **{"introduction_en": "Hello.\n\nThere.", **texts, **fields}
    )
    for position, item in enumerate(items or [published(Article, title_en="Rivers – été")]):
        created.items.create(item=item, position=position)
    return created


def approved_edition(*items, by=None, **fields):
    from newsletter.editions import approve

    created = edition(*items, **fields)
    approve(edition=created, by=by or member())
    return created


def started_edition(*items, by=None, **fields):
    """Create an edition that is being sent."""
    from newsletter.editions import send_now

    by = by or member()
    created = approved_edition(*items, by=by, **fields)
    send_now(edition=created, by=by)
    return created


def states(edition):
    """Return {state: number of deliveries}."""
    found = {}
    for state in edition.deliveries.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def make_retries_due():
    """Make all deliveries that wait for a retry due now."""
    Delivery.objects.filter(state="retry").update(next_attempt_at=timezone.now())
