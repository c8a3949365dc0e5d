"""Notices: events of published items in a period that alerts report."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from calls.models import Call, KeyDate
from calls.timeline import deadline_changes_of
from localisation import clock
from newsletter.subscriptions import types_with_alerts
from publishing.models import Revision

NEW, CHANGED, OPENED, CLOSING = "new", "changed", "opened", "closing"
#: Days before a deadline on which reminders are sent.
DAYS_BEFORE = (14, 3)
#: More than the offset of any time zone from UTC.
MAX_UTC_OFFSET = timedelta(days=2)


@dataclass(frozen=True)
class Notice:
    """Event of an item, sent at most once to each subscriber.

    `key` identifies it: "new", "changed:<version>", "opened:<instant>" or
    "closing:<days>:<instant>", with instants as seconds since 1970. `related_items` are
    pairs of content type id and object id, whose watchers are notified, too.
    """

    kind: int
    item: int
    key: str
    at: datetime
    related_items: tuple = ()

    @property
    def event(self):
        return self.key.partition(":")[0]

    @property
    def is_timed(self):
        return self.event in (OPENED, CLOSING)

    @property
    def item_key(self):
        return self.kind, self.item


def published_between(since, until):
    """Return the Notices of items that staff published or changed."""
    found = []
    for declaration in types_with_alerts().values():
        model = declaration.model
        found += [*_new(model, since, until), *_changed(model, since, until)]
    return found


def timed_between(since, until):
    """Return the Notices of calls that opened or close soon, due to time alone."""
    with clock.set_to(until):
        open_calls = set(Call.objects.published().open().values_list("pk", flat=True))
    return [
        notice
        for notice in (*_opened(since, until), *_closing(since, until))
        if notice.item in open_calls
    ]


def _new(model, since, until):
    items = model.objects.published().filter(
        first_published_at__gte=since, first_published_at__lt=until
    )
    kind = ContentType.objects.get_for_model(model).pk
    for item in items.prefetch_related(*_related_fields(model)):
        yield Notice(
            kind, item.pk, NEW, item.first_published_at, related_items=_related_items(item)
        )


def _related_fields(model):
    names = {field.name for field in model._meta.many_to_many}
    return [name for name in ("initiatives", "calls") if name in names]


def _related_items(item):
    """Return the initiatives and calls of an item, as pairs of content type id and id."""
    related = [
        each for name in _related_fields(type(item)) for each in getattr(item, name).all()
    ]
    if getattr(item, "initiative_id", None):
        related.append(item.initiative)
    return tuple((ContentType.objects.get_for_model(each).pk, each.pk) for each in related)


def _changed(model, since, until):
    """Yield later publications that have a note to readers, or moved a deadline."""
    earlier_publications = (
        Revision.objects.of_type(model)
        .published()
        .filter(object_id=OuterRef("object_id"), number__lt=OuterRef("number"))
    )
    republications = (
        Revision.objects.of_type(model)
        .published()
        .not_undone()
        .filter(
            Exists(earlier_publications),
            created_at__gte=since,
            created_at__lt=until,
            object_id__in=model.objects.published().values("pk"),
        )
    )
    deadline_changes = _DeadlineChanges(model)
    for revision in republications.defer("data", "new_ids").order_by("number"):
        if revision.change_note or deadline_changes.includes(revision):
            key = f"{CHANGED}:{revision.number}"
            yield Notice(revision.content_type_id, revision.object_id, key, revision.created_at)


class _DeadlineChanges:
    """Lookup of the versions of calls that moved a deadline, cached per call."""

    def __init__(self, model):
        self.has_deadlines = model is Call
        self._known = {}

    def includes(self, revision):
        if not self.has_deadlines:
            return False
        key = revision.object_id
        if key not in self._known:
            changes = deadline_changes_of(Call(pk=key)).values()
            self._known[key] = {change.revision.number for each in changes for change in each}
        return revision.number in self._known[key]


def _opened(since, until):
    """Yield each opening date that has been reached; a call may have several."""
    kind = ContentType.objects.get_for_model(Call).pk
    dates = KeyDate.objects.filter(
        kind=KeyDate.Kind.OPENING, at__gte=since - MAX_UTC_OFFSET, at__lt=until + MAX_UTC_OFFSET
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
        near = dates.filter(
            last__gte=since + ahead - MAX_UTC_OFFSET, last__lt=until + ahead + MAX_UTC_OFFSET
        )
        for date in near:
            due = _start_of_day(date, days)
            if date.is_firm and since <= due < until < date.last_instant:
                key = f"{CLOSING}:{days}:{_seconds(date.last_instant)}"
                yield Notice(kind, date.call_id, key, due)


def _start_of_day(date, days):
    zone = ZoneInfo(date.timezone)
    day = date.last_instant.astimezone(zone).date() - timedelta(days=days)
    return datetime.combine(day, time.min, zone)


def _seconds(instant):
    return int(instant.timestamp())
