"""What happened to published items in a span of time, and is worth telling."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from calls.models import Call, KeyDate
from calls.timeline import moves_of
from localisation import clock
from newsletter.subscriptions import FILTERSETS, model_of
from publishing.models import Revision

NEW, CHANGED, OPENED, CLOSING = "new", "changed", "opened", "closing"
#: So many days before a deadline people are reminded of it.
DAYS_BEFORE = (14, 3)
#: More than any zone's midnight lies from UTC's.
ZONES = timedelta(days=2)


@dataclass(frozen=True)
class Notice:
    """One thing to tell of an item: nobody is told it twice.

    `key` says what: "new", "changed:<version>", "opened:<instant>" or
    "closing:<days>:<instant>", with instants as seconds since 1970. `about` are other items
    (pairs of content type and id) whose watchers are told it, too.
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
    """What staff have brought about: the Notices of new and of changed items."""
    found = []
    for what in FILTERSETS:
        model = model_of(what)
        found += [*_new(model, since, until), *_changed(model, since, until)]
    return found


def timed_between(since, until):
    """What time alone has brought about: the Notices of calls that opened or close soon."""
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
    """The initiatives and calls that an item belongs to."""
    related = [each for name in _links(type(item)) for each in getattr(item, name).all()]
    if getattr(item, "initiative_id", None):
        related.append(item.initiative)
    return tuple((ContentType.objects.get_for_model(each).pk, each.pk) for each in related)


def _changed(model, since, until):
    """Later publications that came with a note to readers, or moved a deadline."""
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
    """Which versions of calls moved a deadline; asks once a call."""

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
    """Calls whose opening has come; of several openings, of stages or rounds, each."""
    kind = ContentType.objects.get_for_model(Call).pk
    dates = KeyDate.objects.filter(
        kind=KeyDate.Kind.OPENING, at__gte=since - ZONES, at__lt=until + ZONES
    )
    for date in dates:
        if date.is_firm and since <= date.first_instant < until:
            key = f"{OPENED}:{_seconds(date.first_instant)}"
            yield Notice(kind, date.call_id, key, date.first_instant)


def _closing(since, until):
    """Deadlines that came near: a reminder is due when the day begins, by the clock of the
    deadline's own zone, that is so many days before it."""
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
