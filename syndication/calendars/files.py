"""Calendar files (RFC 5545) with the dates of published items."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from icalendar import Alarm, Calendar, Event, vDuration

from localisation.plaintext import plain
from syndication.models import PublicChange

#: Reminders set before a deadline.
ALARMS = (timedelta(days=14), timedelta(days=3))
#: Maximum number of items in one calendar.
MAX_ITEMS = 200
#: Refresh interval suggested to subscribers' calendar clients.
REFRESH = timedelta(hours=12)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One date of a published item, as a calendar event."""

    #: Stable identifier of the date, used in the event's UID: "call-12-date-3".
    key: str
    summary: str
    #: A `date` for all-day events; `ends` is then the day after the last one.
    starts: date | datetime
    ends: date | datetime | None = None
    description: str = ""
    location: str = ""
    url: str = ""
    #: RFC 5545 status: CONFIRMED, TENTATIVE or CANCELLED.
    status: str = "CONFIRMED"
    has_alarms: bool = False
    #: Incremented with each change that readers see; `Dates` sets it and `changed_at`.
    sequence: int = 0
    changed_at: datetime | None = None


class Dates:
    """Base of classes that make the calendar entries of a type.

    A subclass implements `of(item)`, which yields the Entry objects of one item without
    `sequence` and `changed_at`.
    """

    model = None
    #: Ordering that decides which MAX_ITEMS items are included.
    order = ()
    #: Data that `of` needs: relations to prefetch, and row relations kept for withdrawn items.
    relations = ()
    rows = ()

    def items(self, queryset):
        ordered = queryset.order_by(*self.order).select_related(None)
        return list(
            ordered.prefetch_related(None).prefetch_related(*self.relations)[:MAX_ITEMS]
        )

    def entries(self, items):
        """Return the Entry list of published items. Two queries, and one per relation."""
        changes = changes_of(items)
        return [replace(one, **changes[item.pk]) for item in items for one in self.of(item)]

    def cancelled(self, withdrawn_items):
        """Return CANCELLED entries for Withdrawn items, with only a summary and dates."""
        return [
            Entry(
                key=one.key,
                summary=one.summary,
                starts=one.starts,
                ends=one.ends,
                status="CANCELLED",
                sequence=former.sequence,
                changed_at=former.changed_at,
            )
            for former in withdrawn_items
            for one in self.of(former.item)
        ]


def make_calendar(name, entries):
    """Return a Calendar of the entries; its `to_ical()` output is deterministic."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{plain(settings.PORTAL_NAME)}//{_host()}//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", plain(name))
    calendar.add("x-wr-calname", plain(name))
    calendar.add("refresh-interval", vDuration(REFRESH), {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for entry in entries:
        calendar.add_component(_event(entry))
    _add_time_zones(calendar)
    return calendar


def calendar_response(name, calendar):
    """Return the Calendar as a download called `name`.ics."""
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.ics")
    return response


def changes_of(items):
    """Return {pk: {"sequence", "changed_at"}} of published items of one type. One query."""
    keys = {item.pk: item.last_published_at or item.created_at for item in items}
    if not items:
        return {}
    changes = (
        PublicChange.objects.of_type(type(items[0]))
        .in_active_language()
        .filter(object_id__in=keys)
    )
    known = {change.object_id: change for change in changes}
    return {
        key: {"sequence": known[key].number, "changed_at": known[key].changed_at}
        if key in known
        else {"sequence": 0, "changed_at": at}
        for key, at in keys.items()
    }


def span(first, last, zone, precision):
    """Return `starts` and `ends` of an Entry for two instants in an IANA zone.

    `precision` is "day" or "minute". For a deadline, pass the same instant twice.
    """
    first, last = (instant.astimezone(ZoneInfo(zone)) for instant in (first, last))
    if precision == "day":
        return {"starts": first.date(), "ends": last.date() + timedelta(days=1)}
    return {"starts": first, "ends": last if last > first else None}


def _host():
    return urlsplit(settings.PORTAL_URL).hostname


def _event(entry):
    event = Event()
    event.add("uid", f"{entry.key}@{_host()}")
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.sequence)
    event.add("summary", plain(entry.summary))
    event.add("dtstart", entry.starts)
    if entry.ends:
        event.add("dtend", entry.ends)
    for name in ("description", "location", "url"):
        if text := plain(getattr(entry, name)):
            event.add(name, text)
    event.add("transp", "TRANSPARENT")
    event.add("status", entry.status)
    for before in ALARMS if entry.has_alarms else ():
        event.add_component(_alarm(event["summary"], before))
    return event


def _alarm(summary, before):
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -before)
    return alarm


def _add_time_zones(calendar):
    """Add the VTIMEZONEs for all years that occur, first and in a stable order."""
    days = [event.decoded("dtstart") for event in calendar.events]
    if days:
        years = min(day.year for day in days) - 1, max(day.year for day in days) + 2
        calendar.add_missing_timezones(*(date(year, 1, 1) for year in years))
        calendar.subcomponents.sort(
            key=lambda part: (part.name != "VTIMEZONE", str(part.get("tzid", "")))
        )
