"""Muting of single items."""

from django.contrib.contenttypes.models import ContentType

from newsletter.models import Mute
from newsletter.subscriptions import types_with_alerts


def mute(subscriber, item):
    """Send no alerts about an item until it is unmuted."""
    kind = ContentType.objects.get_for_model(item)
    Mute.objects.get_or_create(subscriber=subscriber, content_type=kind, object_id=item.pk)


def public_mutes(subscriber):
    """Return the Mutes of a subscriber whose items are public, the newest first."""
    mutes = subscriber.mutes.prefetch_related("item")
    return [each for each in mutes if each.item and each.item.is_published]


def public_item(content_type_id, object_id):
    """Return a published item of a type that has alerts, or None."""
    models = [each.model for each in types_with_alerts().values()]
    kinds = {ContentType.objects.get_for_model(model).pk: model for model in models}
    model = kinds.get(content_type_id)
    return model.objects.published().filter(pk=object_id).first() if model else None
