"""Identity links, and the items that they name."""

import re
from typing import NamedTuple

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from publishing.richtext.links.anchors import hrefs

#: Rest of the URL after the item's own: a version, a query, a fragment.
TAIL = r"(?:versions/(?:\d{1,9}/)?)?(?:\?[^#]*)?(?:#.*)?"
IDENTITY = re.compile(rf"item:([a-z_]+)\.([a-z_]+)/([1-9]\d{{0,17}})(?:/({TAIL}))?", re.DOTALL)


class Identity(NamedTuple):
    """Target of an identity link."""

    model: type
    key: int
    tail: str

    @property
    def target(self):
        return self.model, self.key

    def __str__(self):
        ending = f"/{self.tail}" if self.tail else ""
        return f"item:{self.model._meta.label_lower}/{self.key}{ending}"


def parse_identity(href):
    """Parse an identity link; None for an ordinary URL."""
    match = IDENTITY.fullmatch(href)
    model = match and linkable_model(match[1], match[2])
    return Identity(model, int(match[3]), match[4] or "") if model else None


def linkable_model(app_label, name):
    """Return the model of that name, or None if its items have no pages."""
    try:
        model = apps.get_model(app_label, name)
        model._meta.get_field("slug")
    except (LookupError, FieldDoesNotExist):
        return None
    return model if hasattr(model, "get_absolute_url") else None


def parse_identities(html):
    return list(filter(None, map(parse_identity, hrefs(html))))


def visible_items(model):
    """Return the publicly visible items of a model."""
    items = model._default_manager.all()
    return items.published() if hasattr(items, "published") else items


def all_items(model):
    return model._base_manager.all()


def find_items(texts, among=visible_items):
    """Return {(model, pk): item} for the identity links in these texts. One query per model.

    `among(model)` returns the queryset to search.
    """
    return look_up({link.target for text in texts for link in parse_identities(text)}, among)


def look_up(targets, among=visible_items):
    """Return {(model, pk): item} for the pairs that exist. One query per model."""
    wanted = {}
    for model, key in targets:
        wanted.setdefault(model, []).append(key)
    return {
        (model, item.pk): item
        for model, keys in wanted.items()
        for item in among(model).filter(pk__in=keys).only("pk", "slug")
    }
