"""Proposal for an edition: items published since the last one, by type."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from newsletter.models import Edition
from publishing.registry import declarations

#: Period of the first edition.
FIRST_PERIOD = timedelta(days=31)
#: Maximum number of items per type.
MAX_ITEMS = 50


def edition_models():
    """Return the models whose items an edition may have, in the order of an edition."""
    placed = [each for each in declarations() if each.newsletter_order is not None]
    return [each.model for each in sorted(placed, key=lambda each: each.newsletter_order)]


def last_edition_at():
    """Return when the last edition was frozen, or FIRST_PERIOD ago."""
    last = Edition.objects.exclude(started_at=None).aggregate(at=Max("frozen_at"))["at"]
    return last or timezone.now() - FIRST_PERIOD


def proposal(edition, since=None):
    """Return [(model, items)] published since an instant and not in the edition.

    `since` defaults to the last edition. Models without items are left out.
    """
    since = since or last_edition_at()
    found = []
    for model in edition_models():
        items = model.objects.published().filter(first_published_at__gt=since)
        items = items.exclude(pk__in=included_ids(edition, model)).order_by(
            "-first_published_at", "pk"
        )
        found.append((model, list(items[:MAX_ITEMS])))
    return [(model, items) for model, items in found if items]


def included_ids(edition, model):
    kind = ContentType.objects.get_for_model(model)
    return edition.items.filter(content_type=kind).values("object_id")


@transaction.atomic
def add_items(edition, items):
    """Append published items in their order and return how many were new."""
    last = edition.items.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    number = 0
    for item in items:
        kind = ContentType.objects.get_for_model(type(item))
        _row, is_new = edition.items.get_or_create(
            content_type=kind, object_id=item.pk, defaults={"position": position + number}
        )
        number += is_new
    return number
