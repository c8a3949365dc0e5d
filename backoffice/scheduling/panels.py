"""Panels of schedules on the start page."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from backoffice.dashboard import Entry, Panel
from backoffice.item_pages import page_url
from publishing import workflow
from publishing.models import Schedule

#: How far ahead the start page shows schedules.
HORIZON = timedelta(days=7)
#: Schedules of all types that the start page looks at.
MAX_SCHEDULES = 50


def item_schedule_panels(request, model):
    """Return the panels of the schedules of one type's items."""
    kind = ContentType.objects.get_for_model(model)
    own = [
        schedule
        for schedule in upcoming_schedules(request)
        if schedule.content_type_id == kind.pk
    ]
    verb = "schedule" if workflow.may("schedule", item=model, by=request.user) else "change"
    return schedule_panels(own, lambda schedule: page_url(schedule.item, verb))


def upcoming_schedules(request):
    """Return the schedules of the coming week and those that failed, of all types.

    One query a request. Those for objects that are gone are left out.
    """
    if not hasattr(request, "upcoming_schedules"):
        soon = Q(at__lte=timezone.now() + HORIZON) | ~Q(problem="")
        found = Schedule.objects.waiting().filter(soon).order_by("at")
        found = found.select_related("bundle").prefetch_related("item", "bundle__items")[
            :MAX_SCHEDULES
        ]
        request.upcoming_schedules = [
            schedule for schedule in found if schedule.bundle or schedule.item
        ]
    return request.upcoming_schedules


def schedule_panels(schedules, url_of):
    """Return the panels of these schedules. `url_of` returns the address of one's page."""
    failed = [schedule for schedule in schedules if schedule.problem]
    upcoming = [schedule for schedule in schedules if not schedule.problem]
    return [
        Panel(
            key="failed",
            title=gettext_lazy("Failed, will be retried"),
            order=5,
            entries=[_entry(schedule, url_of, schedule.problem) for schedule in failed],
            shows_time=True,
        ),
        Panel(
            key="coming",
            title=gettext_lazy("Going live this week"),
            order=12,
            entries=[_entry(schedule, url_of) for schedule in upcoming],
            shows_time=True,
        ),
    ]


def _entry(schedule, url_of, *notes):
    action = str(schedule.get_action_display())
    title = str(schedule.bundle or schedule.item)
    return Entry(title, url_of(schedule), action, schedule.at, notes)
