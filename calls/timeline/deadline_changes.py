"""Deadline changes after publication, computed from the published versions."""

from dataclasses import dataclass
from itertools import pairwise

from django.db.models import F
from django.utils.dateparse import parse_datetime

from calls.models import KeyDate
from publishing.models import Revision

#: Maximum number of published versions that are compared, the newest first.
MAX_VERSIONS = 200


@dataclass(frozen=True)
class DeadlineChange:
    """A deadline change; `old` and `new` are unsaved KeyDates, `revision` has the reason."""

    old: KeyDate
    new: KeyDate
    revision: Revision


def deadline_changes_of(call, until=None):
    """Return {id of a deadline: list of DeadlineChange, newest first}.

    With `until`, only the versions up to that number count.

    Undone versions are ignored. A deadline that was deleted and replaced by one of the same
    kind in the same version counts as changed. One query.
    """
    by_deadline = {}
    for before, after in pairwise(_versions(call, until)):
        for old, new in _pairs(before.deadlines, after.deadlines):
            changes = by_deadline.pop(old.pk, [])
            if _compared_values(old) != _compared_values(new):
                changes = [DeadlineChange(old, new, after), *changes]
            by_deadline[new.pk] = changes
    return {pk: changes for pk, changes in by_deadline.items() if changes}


def attach_deadline_changes(call, until=None):
    """Set `deadline_changes` on each key date of the call. Expects prefetched key dates."""
    changes = deadline_changes_of(call, until)
    for date in call.key_dates.all():
        date.deadline_changes = changes.get(date.pk, [])


def _versions(call, until):
    """Return the published versions, oldest first, each with its `deadlines`."""
    citable = Revision.objects.citable(call).annotate(dates=F("data__rows__key_dates"))
    if until is not None:
        citable = citable.filter(number__lte=until)
    versions = list(reversed(citable[:MAX_VERSIONS]))
    for version in versions:
        dates = [key_date(row) for row in version.dates or []]
        version.deadlines = [date for date in dates if date.is_deadline]
    return versions


def key_date(row):
    """Return the unsaved KeyDate of a row in a snapshot."""
    fields = row["fields"]
    return KeyDate(
        pk=row["pk"],
        at=parse_datetime(fields["at"]),
        ends_at=parse_datetime(fields["ends_at"]) if fields["ends_at"] else None,
        **{name: fields[name] for name in ("kind", "timezone", "certainty", "precision")},
    )


def _pairs(before, after):
    """Yield (old, new) deadlines, matched by id, or else by kind in order of date."""
    known = {date.pk: date for date in before}
    kept_ids = {date.pk for date in after} & known.keys()
    yield from ((known[date.pk], date) for date in after if date.pk in kept_ids)
    for kind in KeyDate.DEADLINES:
        sides = [
            sorted((d for d in side if d.pk not in kept_ids and d.kind == kind), key=_instant)
            for side in (before, after)
        ]
        yield from zip(*sides, strict=False)


def _instant(date):
    return date.at


def _compared_values(date):
    """Return the values whose change counts as a change of the deadline."""
    return date.at, date.ends_at, date.timezone, date.precision
