"""Views of the results of a call, with downloads, and of citations of its projects."""

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from calls.citation import BIBTEX, Citation
from calls.models import Project
from calls.results import figures as outcome
from calls.results import tables as outcome_tables
from calls.results.map import OutcomeMap
from calls.results.tables import DOWNLOADS
from calls.sections import CallSection, PublishedCallMixin
from calls.success_rates import Odds
from lists.exports import csv_response
from publishing.redirects import redirect_to_new_address
from website.views import SectionMixin, language_links

#: Maximum number on the results page; the lists and tables have all of them.
MAX_PROJECTS = 20
MAX_ORGANISATIONS = 60


class OutcomeMixin(PublishedCallMixin):
    """Mixin of views of a call's results; 404 if the call has no published projects."""

    @cached_property
    def outcome(self):
        found = outcome.of_call(self.call)
        if not found:
            raise Http404
        return found


class ResultsView(CallSection, OutcomeMixin, SectionMixin, TemplateView):
    """Results page of a call; `?sort=` orders its table of countries."""

    template_name = "calls/results.html"

    def get_context_data(self, **kwargs):
        order = self.request.GET.get("sort", "")
        if order not in outcome_tables.ORDERS:
            raise BadRequest
        crumbs = [
            {"title": self.section_title, "url": reverse(self.list_url)},
            {"title": self.call.title, "url": self.call.get_absolute_url()},
            {"title": _("Results")},
        ]
        return super().get_context_data(
            title=_("Results of this call"),
            call=self.call,
            outcome=self.outcome,
            lead=outcome_tables.described_text(self.outcome, Odds(self.call).funded),
            totals=list(outcome_tables.totals(self.outcome)),
            map=OutcomeMap(self.outcome.countries),
            orders=outcome_tables.orders(order),
            countries=outcome_tables.country_table(self.outcome, order),
            kinds=outcome_tables.kind_table(self.outcome),
            projects=self.outcome.queryset.for_list().by_title()[:MAX_PROJECTS],
            organisations=self.organisations(),
            downloads=[(name, label) for name, (label, _rows) in DOWNLOADS.items()],
            breadcrumbs=crumbs,
            languages=language_links(self.request.get_full_path()),
            **kwargs,
        )

    def organisations(self):
        """Return the organisations with most projects, each with `roles`.

        `roles` is a list of (project, is_coordinator).
        """
        projects = self.outcome.projects
        found = self.outcome.organisations(MAX_ORGANISATIONS)
        for organisation in found:
            organisation.roles = [
                (projects[part.project], part.is_coordinator) for part in organisation.parts
            ]
        return found


class ResultsTableView(OutcomeMixin, View):
    """Download of a results table; `respond` is a function of `lists.exports`."""

    respond = staticmethod(csv_response)

    def get(self, request, slug=None, table=None):
        if table not in DOWNLOADS:
            raise Http404
        _label, rows = DOWNLOADS[table]
        return self.respond(f"{self.call.slug}-{table}", rows(self.outcome))


class CitationView(View):
    """Download of the citation of a project; `render` is a method of Citation."""

    render = staticmethod(Citation.bibtex)
    suffix = "bib"
    content_type = BIBTEX

    def get(self, request, slug):
        try:
            projects = Project.objects.published().for_detail()
            project = get_object_or_404(projects, slug=slug)
        except Http404:
            return redirect_to_new_address(request, Project, slug)
        response = HttpResponse(self.render(Citation(project)), self.content_type)
        disposition = content_disposition_header(True, f"{slug}.{self.suffix}")
        response.headers["Content-Disposition"] = disposition
        return response
