"""Schedules of a bundle: its page, and its panels on the start page."""

from backoffice.bundles.permissions import may_publish_bundle
from backoffice.item_pages import page_url
from backoffice.scheduling import (
    BundleScheduleForm,
    ScheduleView,
    schedule_panels,
    upcoming_schedules,
)
from publishing import workflow


class BundleScheduleView(ScheduleView):
    """Page of a bundle's schedule."""

    form_class = BundleScheduleForm

    def schedules(self):
        return self.item.schedules.all()

    def make_schedule(self, form):
        chosen = {name: form.cleaned_data[name] for name in form.Meta.fields}
        workflow.schedule_bundle(bundle=self.item, by=self.request.user, **chosen)


def bundle_panels(request, admin):
    """Return the panels of the schedules of bundles."""
    upcoming = [schedule for schedule in upcoming_schedules(request) if schedule.bundle]
    schedules = [
        schedule for schedule in upcoming if may_publish_bundle(request, admin, schedule.bundle)
    ]
    return schedule_panels(schedules, lambda schedule: page_url(schedule.bundle, "schedule"))
