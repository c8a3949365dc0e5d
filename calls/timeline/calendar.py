"""Calendars of calls: an applicant's timeline, one call, several calls."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext as _

from calls.models import Call
from calls.status import Status
from calls.timeline.deadline_changes import key_date
from calls.timeline.steps import (
    ACTIONS,
    NATIONAL,
    Step,
    key_date_steps,
    national_steps,
    timeline_steps,
)
from localisation import clock, formats
from publishing.models import Revision
from publishing.revisions import CANCELLATION_PERIOD
from syndication.calendars import Dates, Entry, make_calendar, span

#: Precisions that a calendar can show: a month or year has no day.
CALENDAR_PRECISIONS = ("minute", "day")


def timeline_calendar(call):
    """Return the timeline of a call as text/calendar bytes, in the active language."""
    return make_calendar(_name(call), StepDates().entries([call])).to_ical()


def calls_calendar(calls, name):
    """Return a Calendar, titled `name`, of the key dates of published calls (a queryset)."""
    dates = CallDates()
    return make_calendar(name, dates.entries(dates.items(calls)))


class StepDates(Dates):
    """Calendar entries of the applicant's timeline."""

    model = Call
    order = (F("closes_at").desc(nulls_last=True), "-pk")
    relations = ("key_dates", "offers__organisation")
    rows = ("key_dates",)

    def of(self, call):
        return (_entry(call, step) for step in self.steps(call) if _is_shown(step))

    def steps(self, call):
        return timeline_steps(call)


class CallDates(StepDates):
    """Calendar entries of key dates, also of those that were removed recently."""

    relations = ("key_dates",)

    def steps(self, call):
        """Yield a Step for each key date; steps of the timeline keep their own labels."""
        timeline = {step.key: step for step in key_date_steps(call)}
        for date in call.key_dates.all():
            step = _step(date)
            yield timeline.get(step.key, step)

    def entries(self, items):
        return super().entries(items) + cancelled_entries(items)


class FundersDates(CallDates):
    """Calendar entries of one call, with the extra steps of its funders."""

    relations = StepDates.relations

    def steps(self, call):
        yield from super().steps(call)
        yield from national_steps(call)


def cancelled_entries(calls):
    """Return cancelled Entries of key dates that were recently removed from these calls.

    Recently means within CANCELLATION_PERIOD. One query.
    """
    former = {}
    for version in _recently_replaced(calls):
        for row in version.dates or []:
            former[row["pk"]] = (version, key_date(row))
    by_key = {call.pk: call for call in calls}
    kept_ids = {date.pk for call in calls for date in call.key_dates.all()}
    return [
        _cancelled_entry(by_key[version.object_id], date, version)
        for pk, (version, date) in former.items()
        if pk not in kept_ids and date.precision in CALENDAR_PRECISIONS
    ]


def _recently_replaced(calls):
    """Return the versions that were replaced within CANCELLATION_PERIOD, oldest first."""
    versions = Revision.objects.of_type(Call).published()
    later = versions.filter(object_id=OuterRef("object_id"), number__gt=OuterRef("number"))
    later = later.order_by("number")
    replaced = versions.not_undone().filter(object_id__in=[call.pk for call in calls])
    ended = replaced.annotate(
        dates=F("data__rows__key_dates"),
        replaced_at=Subquery(later.values("created_at")[:1]),
        replaced_by=Subquery(later.values("number")[:1]),
    )
    since = clock.now() - CANCELLATION_PERIOD
    return ended.filter(replaced_at__gte=since).defer("data", "new_ids").order_by("number")


def _cancelled_entry(call, date, version):
    step = _step(date)
    return Entry(
        key=_key(call, step),
        summary=_summary(call, step),
        status="CANCELLED",
        sequence=version.replaced_by,
        changed_at=version.replaced_at,
        **_span(date),
    )


def _step(date):
    return Step(
        key=f"date-{date.pk}",
        kind=date.kind,
        label=date.get_kind_display(),
        date=date,
        due_at=date.last_instant,
    )


def _is_shown(step):
    return step.date is not None and step.date.precision in CALENDAR_PRECISIONS


def _entry(call, step):
    is_suspended = call.status == Status.SUSPENDED
    return Entry(
        key=_key(call, step),
        summary=_summary(call, step),
        description=_description(call, step, is_suspended),
        url=settings.PORTAL_URL + call.get_absolute_url(),
        status="TENTATIVE" if step.is_expected or is_suspended else "CONFIRMED",
        has_alarms=step.kind in ACTIONS or step.kind == NATIONAL,
        **_span(step.date),
    )


def _key(call, step):
    return f"call-{call.pk}-{step.key}"


def _name(call):
    return call.reference or call.title


def _summary(call, step):
    summary = formats.named(_name(call), step.label)
    if not step.is_expected:
        return summary
    return f"{summary} ({step.date.get_certainty_display()})"


def _span(date):
    return span(date.at, date.ends_at or date.at, date.timezone, date.precision)


def _description(call, step, is_suspended):
    parts = [call.title, step.text, step.url]
    if step.date.precision == "minute":
        zone = formats.zone_name(step.date.at, step.date.timezone)
        clock_time = step.date.at.astimezone(ZoneInfo(step.date.timezone))
        parts.insert(1, f"{clock_time:%H:%M} {zone}")
    if is_suspended:
        parts.insert(0, _("This call is suspended: proposals are not accepted for now."))
    parts.append(settings.PORTAL_URL + call.get_absolute_url())
    return "\n".join(str(part) for part in parts if part)
