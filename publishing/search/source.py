"""Search configuration of a model, in its attribute `search`."""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from publishing import links, snapshots


@dataclass(frozen=True)
class Source:
    """Names of the fields to index. Translated fields are indexed automatically."""

    #: Fields for the title and the summary.
    title: str = "title"
    summary: str = "summary"
    #: Fields whose exact match ranks first: acronym, reference.
    keys: tuple = ()
    #: Untranslated text fields.
    texts: tuple = ()
    #: Path to the initiative(s) used as facet; "self" for an initiative.
    initiative: str = ""
    #: Date or datetime fields; the first that is set is used for sorting.
    dates: tuple = ("last_published_at",)
    #: Whether items that refer to it are found by its names.
    is_mentioned: bool = True
    #: Weight of the type in `ranking`.
    weight: float = 1.0


def searched_models():
    return [model for model in apps.get_models() if hasattr(model, "search")]


def findable(model):
    """Return the items of a model that can be found, now or later."""
    manager = model._default_manager.all()
    return manager.findable() if hasattr(manager, "findable") else links.visible(model)


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


def held_by(target):
    """Return a Q for objects of the model `target` that a published item shows."""
    condition = Q(pk__in=[])
    for model, path in _holding(target):
        shows = model.objects.published().filter(**{path: OuterRef("pk")})
        condition |= Q(Exists(shows))
    return condition


def holders(held, limit=20):
    """Return up to `limit` published items that show an object, by type."""
    found = {}
    for model, path in _holding(type(held)):
        for item in model.objects.published().filter(**{path: held.pk}).order_by("pk")[:limit]:
            found[model, item.pk] = item
    return list(found.values())[:limit]


def _holding(target):
    return [
        (model, path)
        for model in searched_models()
        if hasattr(model.objects, "published") and hasattr(model, "rows")
        for path in paths_to(model, target)
    ]
