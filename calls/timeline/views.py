"""Views of a call's timeline as a calendar file, and of its change history."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from calls.sections import CallSection, PublishedCallMixin
from calls.timeline.calendar import timeline_calendar
from calls.timeline.change_history import change_history_of
from website.views import SectionMixin, language_links


class TimelineCalendarView(PublishedCallMixin, View):
    """Calendar file of the timeline of a published call, to download or subscribe to."""

    def get(self, request, slug):
        response = HttpResponse(
            timeline_calendar(self.call), content_type="text/calendar; charset=utf-8"
        )
        response.headers["Content-Disposition"] = f'attachment; filename="{slug}.ics"'
        return response


class ChangesView(CallSection, PublishedCallMixin, SectionMixin, TemplateView):
    """Page of the public change history of a published call."""

    template_name = "calls/call_changes.html"

    def get_context_data(self, **kwargs):
        crumbs = [
            {"title": self.section_title, "url": reverse(self.list_url)},
            {"title": self.call.title, "url": self.call.get_absolute_url()},
            {"title": _("What has changed")},
        ]
        return super().get_context_data(
            title=_("What has changed"),
            call=self.call,
            entries=change_history_of(self.call),
            breadcrumbs=crumbs,
            languages=language_links(self.request.path),
            **kwargs,
        )
