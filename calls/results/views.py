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
from calls.results import tables
from calls.results.figures import results_of_call
from calls.results.map import ResultsMap
from calls.results.tables import DOWNLOADS
from calls.sections import CallSection, PublishedCallMixin
from calls.success_rates import SuccessRates
from lists.exports import csv_response
from publishing.redirects import redirect_to_new_address
from website.views import SectionMixin, language_links

#: Maximum number on the results page; the lists and tables have all of them.
MAX_PROJECTS = 20
MAX_ORGANISATIONS = 60


class ResultsMixin(PublishedCallMixin):
    """Mixin of views of a call's results; 404 if the call has no published projects."""

    @cached_property
    def results(self):
        results = results_of_call(self.call)
        if not results:
            raise Http404
        return results


class ResultsView(CallSection, ResultsMixin, SectionMixin, TemplateView):
    """Results page of a call; `?sort=` orders its table of countries."""

    template_name = "calls/results.html"

    def get_context_data(self, **kwargs):
        order = self.request.GET.get("sort", "")
        if order not in tables.SORT_ORDERS:
            raise BadRequest
        crumbs = [
            {"title": self.section_title, "url": reverse(self.list_url)},
            {"title": self.call.title, "url": self.call.get_absolute_url()},
            {"title": _("Results")},
        ]
        return super().get_context_data(
            title=_("Results of this call"),
            call=self.call,
            results=self.results,
            lead=tables.described_text(self.results, SuccessRates(self.call).funded),
            totals=list(tables.totals(self.results)),
            map=ResultsMap(self.results.countries),
            orders=tables.sort_links(order),
            countries=tables.country_table(self.results, order),
            kinds=tables.kind_table(self.results),
            projects=self.results.queryset.for_list().by_title()[:MAX_PROJECTS],
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
        projects = self.results.projects
        organisations = self.results.organisations(MAX_ORGANISATIONS)
        for organisation in organisations:
            organisation.roles = [
                (projects[row.project], row.is_coordinator)
                for row in organisation.participant_rows
            ]
        return organisations


class ResultsTableView(ResultsMixin, View):
    """Download of a results table; `respond` is a function of `lists.exports`."""

    respond = staticmethod(csv_response)

    def get(self, request, slug=None, table=None):
        if table not in DOWNLOADS:
            raise Http404
        _label, rows = DOWNLOADS[table]
        return self.respond(f"{self.call.slug}-{table}", rows(self.results))


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
