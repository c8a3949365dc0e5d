"""Mixins of the pages of calls and projects: their place in the navigation."""

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from calls.models import Call, Project, ProjectParticipant
from publishing.redirects import redirect_to_new_address

COORDINATORS = Prefetch(
    "participants",
    queryset=ProjectParticipant.objects.filter(
        role=ProjectParticipant.Role.COORDINATOR
    ).select_related("organisation"),
)


class CallSection:
    model = Call
    section = "calls"
    section_title = _("Calls")
    list_url = "calls:list"
    table_relations = ("offers__organisation",)


class ProjectSection:
    model = Project
    section = "projects"
    section_title = _("Projects")
    list_url = "calls:projects"
    table_relations = (COORDINATORS,)


class PublishedCallMixin:
    """Mixin of views below a published call; former URLs of the call redirect."""

    def dispatch(self, request, *args, slug, **kwargs):
        try:
            calls = Call.objects.published().for_detail()
            self.call = get_object_or_404(calls, slug=slug)
        except Http404:
            return redirect_to_new_address(request, Call, slug)
        return super().dispatch(request, *args, slug=slug, **kwargs)
