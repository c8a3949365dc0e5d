"""Recently unpublished or deleted items, for cancellations in calendars.

Subscribers get the title and dates as last published, nothing else.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Subquery

from localisation import clock
from publishing.models import Publishable, Revision
from publishing.revisions import snapshots

#: How long withdrawn items are included, and how many at most.
CANCELLATION_PERIOD = timedelta(days=60)
MAX_ITEMS = 100
KINDS = (Revision.Kind.UNPUBLISHED, Revision.Kind.DELETED)


@dataclass(frozen=True)
class Withdrawn:
    """An item that is no longer public."""

    #: In memory, as last published.
    item: Publishable
    #: See syndication.calendars.Entry.
    sequence: int
    changed_at: datetime
    #: {name: keys} of many-to-many links, as in publishing.revisions.
    links: dict

    def had_link_to(self, name, keys):
        """Return whether the link or foreign key `name` referred to any of these keys."""
        linked = self.links.get(name, [getattr(self.item, f"{name}_id", None)])
        return not keys.isdisjoint(linked)


def withdrawn(model, rows=(), slug=None):
    """Return recently withdrawn items of a type, latest first. One query.

    `rows` names the row relations to load; `slug` restricts the result to one item.
    Publications that were undone are excluded.
    """
    since = clock.now() - CANCELLATION_PERIOD
    found = _last_public(model, since).filter(withdrawn_at__gte=since)
    if slug:
        found = found.filter(data__fields__slug=slug)
    found = found.order_by("-withdrawn_at", "-pk")[:MAX_ITEMS]
    return [
        Withdrawn(
            item=_load_item(model, version, rows),
            sequence=version.sequence,
            changed_at=version.withdrawn_at,
            links=version.data["links"],
        )
        for version in found
    ]


def _last_public(model, since):
    """Return the last published revision of each item withdrawn since `since`."""
    versions = Revision.objects.of_type(model)
    ended = versions.filter(kind__in=KINDS, created_at__gte=since).values("object_id")
    same = versions.filter(object_id=OuterRef("object_id"))
    later = same.filter(number__gt=OuterRef("number")).order_by("number")
    ends = later.filter(kind__in=KINDS)
    public = versions.published().not_undone().filter(object_id__in=ended)
    return public.filter(~Exists(later.published().not_undone())).annotate(
        withdrawn_at=Subquery(ends.values("created_at")[:1]),
        sequence=Subquery(ends.order_by("-number").values("number")[:1]),
    )


def _load_item(model, version, rows):
    """Return the item of a revision with its fields and rows, without related objects."""
    reduced = {
        "fields": version.data["fields"],
        "links": {},
        "rows": {name: version.data["rows"].get(name, []) for name in rows},
    }
    return snapshots.load(model(pk=version.object_id), reduced)
