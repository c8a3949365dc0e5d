"""The calendar file of a call's plan (RFC 5545)."""

from datetime import date, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, vDuration

from calls.plan import plan_of
from calls.status import Status
from publishing.formats import zone_name
from publishing.models import Revision

#: How long before a step calendars remind of it.
ALARMS = (timedelta(days=14), timedelta(days=3))
#: What a calendar can show: a date known to the month stands in no day.
SHOWN = ("minute", "day")


def plan_calendar(call):
    """The plan of a published call as bytes of text/calendar, in the active language."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.PORTAL_NAME}//{_host()}//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", call.reference or call.title)
    calendar.add("refresh-interval", vDuration(timedelta(hours=12)), {"VALUE": "DURATION"})
    number, published_at = _publication(call)
    for step in plan_of(call):
        if step.date and step.date.precision in SHOWN:
            event = _event(call, step)
            event.add("sequence", number)
            event.add("dtstamp", published_at)
            calendar.add_component(event)
    _add_time_zones(calendar)
    return calendar.to_ical()


def _add_time_zones(calendar):
    """The rules of the zones for the years of the plan, first and always in the same order."""
    days = [event.decoded("dtstart") for event in calendar.events]
    if days:
        years = min(day.year for day in days) - 1, max(day.year for day in days) + 2
        calendar.add_missing_timezones(*(date(year, 1, 1) for year in years))
        calendar.subcomponents.sort(
            key=lambda part: (part.name != "VTIMEZONE", str(part.get("tzid", "")))
        )


def _host():
    return urlsplit(settings.PORTAL_URL).hostname


def _publication(call):
    """(number, instant) of the last publication: both grow when a published step changes."""
    published = Revision.objects.of(call).published().values_list("number", "created_at")
    return published.first() or (0, call.last_published_at)


def _event(call, step):
    event = Event()
    event.add("uid", f"call-{call.pk}-{step.key}@{_host()}")
    event.add("summary", _summary(call, step))
    for name, value in _times(step.date).items():
        event.add(name, value)
    event.add("url", settings.PORTAL_URL + call.get_absolute_url())
    event.add("description", _description(call, step))
    event.add("transp", "TRANSPARENT")
    event.add("status", "TENTATIVE" if _is_tentative(call, step) else "CONFIRMED")
    for before in ALARMS:
        event.add_component(_alarm(event["summary"], before))
    return event


def _summary(call, step):
    summary = f"{call.reference or call.title}: {step.label}"
    if not step.is_expected:
        return summary
    return f"{summary} ({step.date.get_certainty_display()})"


def _times(until):
    """A whole day as a day, a period from start to end, a deadline as its instant."""
    zone = ZoneInfo(until.timezone)
    first, last = until.at.astimezone(zone), (until.ends_at or until.at).astimezone(zone)
    if until.precision == "day":
        return {"dtstart": first.date(), "dtend": last.date() + timedelta(days=1)}
    return {"dtstart": first, "dtend": last} if last > first else {"dtstart": first}


def _is_tentative(call, step):
    return step.is_expected or call.status == Status.SUSPENDED


def _description(call, step):
    parts = [call.title, step.text, step.url]
    if step.date.precision == "minute":
        zone = zone_name(step.date.at, step.date.timezone)
        clock_time = step.date.at.astimezone(ZoneInfo(step.date.timezone))
        parts.insert(1, f"{clock_time:%H:%M} {zone}")
    if call.status == Status.SUSPENDED:
        parts.insert(0, _("This call is suspended: no proposals are taken for now."))
    parts.append(settings.PORTAL_URL + call.get_absolute_url())
    return "\n".join(str(part) for part in parts if part)


def _alarm(summary, before):
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -before)
    return alarm
