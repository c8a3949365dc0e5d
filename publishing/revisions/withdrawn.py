"""What was public and no longer is, for those who may have it in their calendars.

They are told that it is cancelled, for a while, and nothing but what they know already: the
title and the dates as they were last public.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Subquery

from localisation import clock
from publishing.models import Publishable, Revision
from publishing.revisions import snapshots

#: So long is it told, and of so many at once.
TOLD_FOR = timedelta(days=60)
MAX_ITEMS = 100
KINDS = (Revision.Kind.UNPUBLISHED, Revision.Kind.DELETED)


@dataclass(frozen=True)
class Withdrawn:
    """An item that readers can't see any more."""

    #: In memory, as it was last public.
    item: Publishable
    #: As of syndication.calendars.files.Entry.
    sequence: int
    changed_at: datetime
    #: {name: keys} of what it linked to, as of publishing.revisions.snapshots.
    links: dict

    def was_about(self, name, keys):
        """Whether it linked, or referred by a field of this name, to one of these keys."""
        linked = self.links.get(name, [getattr(self.item, f"{name}_id", None)])
        return not keys.isdisjoint(linked)


def withdrawn(model, rows=(), slug=None):
    """What was withdrawn lately of a type, the latest first, with the rows of these names; at
    this slug, if one is given.

    What was published by mistake, and undone, is left out. One query.
    """
    since = clock.now() - TOLD_FOR
    found = _last_public(model, since).filter(withdrawn_at__gte=since)
    if slug:
        found = found.filter(data__fields__slug=slug)
    found = found.order_by("-withdrawn_at", "-pk")[:MAX_ITEMS]
    return [
        Withdrawn(
            item=_remembered(model, version, rows),
            sequence=version.sequence,
            changed_at=version.withdrawn_at,
            links=version.data["links"],
        )
        for version in found
    ]


def _last_public(model, since):
    """The last published version of each item that something ended `since` then."""
    versions = Revision.objects.of_type(model)
    ended = versions.filter(kind__in=KINDS, created_at__gte=since).values("object_id")
    same = versions.filter(object_id=OuterRef("object_id"))
    later = same.filter(number__gt=OuterRef("number")).order_by("number")
    ends = later.filter(kind__in=KINDS)
    public = versions.published().standing().filter(object_id__in=ended)
    return public.filter(~Exists(later.published().standing())).annotate(
        withdrawn_at=Subquery(ends.values("created_at")[:1]),
        sequence=Subquery(ends.order_by("-number").values("number")[:1]),
    )


def _remembered(model, version, rows):
    """The item of a version with its own fields and rows, without what it refers to."""
    reduced = {
        "fields": version.data["fields"],
        "links": {},
        "rows": {name: version.data["rows"].get(name, []) for name in rows},
    }
    return snapshots.load(model(pk=version.object_id), reduced)
