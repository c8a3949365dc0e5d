"""Lists and pages of calls and projects."""

from django.utils.translation import gettext_lazy as _

from calls.filters import CallFilter, ProjectFilter
from calls.models import Call, Project
from publishing.views import PublishedDetailView, PublishedListView


class CallSection:
    model = Call
    section = "calls"
    section_title = _("Calls")
    list_url = "calls:list"


class CallListView(CallSection, PublishedListView):
    filterset_class = CallFilter
    intro = _("What is open, what opens next, and until when.")


class CallDetailView(CallSection, PublishedDetailView):
    def get_context_data(self, **kwargs):
        call = self.object
        return super().get_context_data(
            key_dates=call.dates(),
            next_date=call.next_date,
            projects=call.projects.published().for_list().by_title()[:12],
            articles=call.articles.published().for_list().latest_first()[:3],
            events=call.events.published().for_list().next_first()[:3],
            other_calls=self.open_calls() if call.is_over else [],
            **kwargs,
        )

    def open_calls(self):
        """What a reader who comes too late may look at instead."""
        return Call.objects.published().for_list().open().by_deadline()[:3]


class ProjectSection:
    model = Project
    section = "projects"
    section_title = _("Projects")
    list_url = "calls:projects"


class ProjectListView(ProjectSection, PublishedListView):
    filterset_class = ProjectFilter
    intro = _("What calls have funded, who takes part and with how much.")


class ProjectDetailView(ProjectSection, PublishedDetailView):
    def get_context_data(self, **kwargs):
        everyone = self.object.participants_with_regions()
        coordinators = [part for part in everyone if part.is_coordinator]
        return super().get_context_data(
            coordinators=coordinators,
            participants=[part for part in everyone if not part.is_coordinator],
            siblings=self.siblings(),
            **kwargs,
        )

    def siblings(self):
        """Other published projects of the same call."""
        if not self.object.call_id:
            return []
        others = Project.objects.published().filter(call=self.object.call_id)
        return others.exclude(pk=self.object.pk).for_list().by_title()[:6]
