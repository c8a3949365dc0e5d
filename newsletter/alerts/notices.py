"""Notices: events of published items in a period that alerts report."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from calls.models import Call, KeyDate
from calls.timeline import moves_of
from localisation import clock
from newsletter.subscriptions import alerted
from publishing.models import Revision

NEW, CHANGED, OPENED, CLOSING = "new", "changed", "opened", "closing"
#: Days before a deadline on which reminders are sent.
DAYS_BEFORE = (14, 3)
#: More than the offset of any time zone from UTC.
ZONES = timedelta(days=2)


@dataclass(frozen=True)
class Notice:
    """Event of an item, sent at most once to each subscriber.

    `key` identifies it: "new", "changed:<version>", "opened:<instant>" or
    "closing:<days>:<instant>", with instants as seconds since 1970. `about` are related items,
    as pairs of content type id and object id, whose watchers are notified, too.
    """

    kind: int
    item: int
    key: str
    at: datetime
    about: tuple = ()

    @property
    def what(self):
        return self.key.partition(":")[0]

    @property
    def is_timed(self):
        return self.what in (OPENED, CLOSING)

    @property
    def place(self):
        return self.kind, self.item


def published_between(since, until):
    """Return the Notices of items that staff published or changed."""
    found = []
    for declaration in alerted().values():
        model = declaration.model
        found += [*_new(model, since, until), *_changed(model, since, until)]
    return found


def timed_between(since, until):
    """Return the Notices of calls that opened or close soon, due to time alone."""
    with clock.set_to(until):
        taking = set(Call.objects.published().open().values_list("pk", flat=True))
    return [
        notice
        for notice in (*_opened(since, until), *_closing(since, until))
        if notice.item in taking
    ]


def _new(model, since, until):
    items = model.objects.published().filter(
        first_published_at__gte=since, first_published_at__lt=until
    )
    kind = ContentType.objects.get_for_model(model).pk
    for item in items.prefetch_related(*_links(model)):
        yield Notice(kind, item.pk, NEW, item.first_published_at, about=_about(item))


def _links(model):
    names = {field.name for field in model._meta.many_to_many}
    return [name for name in ("initiatives", "calls") if name in names]


def _about(item):
    """Return the initiatives and calls of an item, as pairs of content type id and id."""
    related = [each for name in _links(type(item)) for each in getattr(item, name).all()]
    if getattr(item, "initiative_id", None):
        related.append(item.initiative)
    return tuple((ContentType.objects.get_for_model(each).pk, each.pk) for each in related)


def _changed(model, since, until):
    """Yield later publications that have a note to readers, or moved a deadline."""
    earlier = (
        Revision.objects.of_type(model)
        .published()
        .filter(object_id=OuterRef("object_id"), number__lt=OuterRef("number"))
    )
    again = (
        Revision.objects.of_type(model)
        .published()
        .standing()
        .filter(
            Exists(earlier),
            created_at__gte=since,
            created_at__lt=until,
            object_id__in=model.objects.published().values("pk"),
        )
    )
    moved = _Moved(model)
    for revision in again.defer("data", "new_ids").order_by("number"):
        if revision.change_note or moved.by(revision):
            key = f"{CHANGED}:{revision.number}"
            yield Notice(revision.content_type_id, revision.object_id, key, revision.created_at)


class _Moved:
    """Lookup of the versions of calls that moved a deadline, cached per call."""

    def __init__(self, model):
        self.has_deadlines = model is Call
        self._known = {}

    def by(self, revision):
        if not self.has_deadlines:
            return False
        key = revision.object_id
        if key not in self._known:
            moves = moves_of(Call(pk=key)).values()
            self._known[key] = {move.revision.number for each in moves for move in each}
        return revision.number in self._known[key]


def _opened(since, until):
    """Yield each opening date that has been reached; a call may have several."""
    kind = ContentType.objects.get_for_model(Call).pk
    dates = KeyDate.objects.filter(
        kind=KeyDate.Kind.OPENING, at__gte=since - ZONES, at__lt=until + ZONES
    )
    for date in dates:
        if date.is_firm and since <= date.first_instant < until:
            key = f"{OPENED}:{_seconds(date.first_instant)}"
            yield Notice(kind, date.call_id, key, date.first_instant)


def _closing(since, until):
    """Yield the reminders of deadlines.

    A reminder is due at midnight, in the deadline's own time zone, DAYS_BEFORE days before the
    day of the deadline.
    """
    kind = ContentType.objects.get_for_model(Call).pk
    for days in DAYS_BEFORE:
        ahead = timedelta(days=days)
        dates = KeyDate.objects.filter(kind__in=KeyDate.DEADLINES).annotate(
            last=Coalesce("ends_at", "at")
        )
        near = dates.filter(last__gte=since + ahead - ZONES, last__lt=until + ahead + ZONES)
        for date in near:
            due = _day_begins(date, days)
            if date.is_firm and since <= due < until < date.last_instant:
                key = f"{CLOSING}:{days}:{_seconds(date.last_instant)}"
                yield Notice(kind, date.call_id, key, due)


def _day_begins(date, days):
    zone = ZoneInfo(date.timezone)
    day = date.last_instant.astimezone(zone).date() - timedelta(days=days)
    return datetime.combine(day, time.min, zone)


def _seconds(instant):
    return int(instant.timestamp())
