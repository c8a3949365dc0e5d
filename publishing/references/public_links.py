"""Links in public content, with their locations."""

from typing import NamedTuple
from urllib.parse import urlsplit

from django.contrib.contenttypes.models import ContentType
from django.db import models

from localisation.languages import portal_languages
from publishing.references.mentions import models_with_texts
from publishing.revisions import snapshots
from publishing.richtext import RichTextField, links

#: Number of links looked up together.
BATCH = 2000


class LinkLocation(NamedTuple):
    """Location of a link; see the fields of BrokenLink."""

    content_type_id: int
    object_id: int
    rows: str
    column: str
    address: str


def public_links():
    """Yield a LinkLocation for each link in the texts and URL fields of public items."""
    for model in models_with_texts():
        rows = getattr(model, "rows", ())
        items = links.visible_items(model).order_by("pk").prefetch_related(*rows)
        type_id = ContentType.objects.get_for_model(model).pk
        for item in items.iterator(chunk_size=500):
            for accessor, column, address in _links_of(item, rows):
                yield LinkLocation(type_id, item.pk, accessor, column, address)


def _links_of(item, rows):
    for column, address in _addresses(item):
        yield "", column, address
    for accessor in rows:
        for row in getattr(item, accessor).all():
            for column, address in _addresses(row):
                yield accessor, column, address


def _addresses(item):
    """Yield (column, URL) for each link in one object's fields."""
    for field in snapshots.content_fields(type(item)):
        if getattr(field, "language", None) not in (None, *portal_languages()):
            continue
        value = getattr(item, field.attname)
        if isinstance(field, RichTextField):
            yield from ((field.attname, href) for href in links.hrefs(value))
        elif isinstance(field, models.URLField) and value:
            yield field.attname, value


def is_external(address):
    """Return whether a URL leads to another website."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and links.internal_parts(address) is None
