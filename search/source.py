"""The models that are searched, as their attribute `search` declares, and their items."""

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from media.models import Document
from publishing.revisions import snapshots
from publishing.richtext import links


def searched_models():
    return [model for model in apps.get_models() if hasattr(model, "search")]


def searchable_items(model):
    """The items of a model that a search may show."""
    if model is Document:  # has no page, so it is found while a public item shows it
        return Document.objects.filter(
            shown_by_published(Document), versions__isnull=False
        ).distinct()
    return links.visible_items(model)


def paths_to(model, target):
    """Return the lookup paths from a searched model to another, including those of its rows."""
    fields = [*model._meta.concrete_fields, *snapshots.link_fields(model)]
    paths = [field.name for field in fields if field.related_model is target]
    for relation in snapshots.row_relations(model):
        fields = snapshots.row_fields(relation)
        found = [field.name for field in fields if field.related_model is target]
        paths += [f"{relation.name}__{name}" for name in found]
    return paths


# --- Items that show an object without a page of its own ---------------------------------


def shown_by_published(target):
    """Return a Q for objects of the model `target` that a published item shows."""
    condition = Q(pk__in=[])
    for model, path in _paths_to(target):
        shows = model.objects.published().filter(**{path: OuterRef("pk")})
        condition |= Q(Exists(shows))
    return condition


def items_showing(obj, limit=20):
    """Return up to `limit` published items that show an object, by type."""
    found = {}
    for model, path in _paths_to(type(obj)):
        for item in model.objects.published().filter(**{path: obj.pk}).order_by("pk")[:limit]:
            found[model, item.pk] = item
    return list(found.values())[:limit]


def _paths_to(target):
    return [
        (model, path)
        for model in searched_models()
        if hasattr(model.objects, "published") and hasattr(model, "rows")
        for path in paths_to(model, target)
    ]
