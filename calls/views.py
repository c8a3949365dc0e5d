"""Views of calls and projects: lists, pages, and downloads of single calls."""

from django.http import Http404, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from calls import structured_data
from calls.citation import Citation
from calls.consortium import check_consortium
from calls.filters import CallFilter, ProjectFilter
from calls.forms import ConsortiumForm, MatrixForm
from calls.funders import Matrix, funders_table
from calls.models import Call, Project
from calls.questions import MAX_ON_PAGE, count_by_section, questions_of, set_question_dates
from calls.results import described_text, results_of_call, totals
from calls.sections import CallSection, ProjectSection, PublishedCallMixin
from calls.success_rates import SuccessRates, success_rates_table
from calls.timeline import TimelineChart, attach_deadline_changes, timeline_steps
from lists.exports import csv_response
from localisation.formats import instant
from website.views import PublishedDetailView, PublishedListView, SectionMixin, language_links


class CallListView(CallSection, PublishedListView):
    filterset_class = CallFilter
    subscription_kinds = ("feed", "calendar", "mail")
    intro = _("Open and forthcoming calls, with their deadlines.")
    views = ("cards", "table")
    downloads = {
        _("CSV"): "calls:list-csv",
        _("XLSX (Excel)"): "calls:list-xlsx",
        _("Calendar"): "calls:list-ics",
        _("Text for an e-mail"): "calls:list-mail",
    }


class CallDetailView(CallSection, PublishedDetailView):
    subscription_kinds = ("calendar", "mail")
    describe = staticmethod(structured_data.call_data)

    def get_context_data(self, **kwargs):
        call = self.object
        attach_deadline_changes(call, until=self.version)
        steps = timeline_steps(call)
        results = results_of_call(call)
        success_rates = SuccessRates(call)
        matrix_form = MatrixForm(self.request.GET, call.offers.all())
        return super().get_context_data(
            matrix_form=matrix_form,
            matrix=Matrix(call, **matrix_form.reader()),
            success_rates=success_rates,
            totals=list(totals(results)),
            described=described_text(results, success_rates.funded),
            **self.questions(),
            key_dates=call.dates(),
            steps=steps,
            chart=TimelineChart(steps),
            next_date=call.next_date,
            projects=call.projects.published().for_list().by_title()[:6],
            articles=call.articles.published().for_list().latest_first()[:3],
            events=call.events.published().for_list().next_first()[:3],
            other_calls=self.open_calls() if call.is_over else [],
            **kwargs,
        )

    def render_to_response(self, context, **kwargs):
        status = 400 if context["matrix_form"].errors else None
        return super().render_to_response(context, status=status, **kwargs)

    def card_line(self):
        date = self.object.hero_date
        if not date:
            return ""
        precision = "day" if date.precision == "minute" else date.precision
        on = instant(date.at, date.timezone, precision)
        return f"{date.get_kind_display()} · {on}"

    def questions(self):
        """Return the context of the questions.

        A preview or a version shows all of them, as it has no page for the rest.
        """
        questions = questions_of(self.object)
        is_live = not (self.preview or self.revision)
        if is_live:
            set_question_dates(self.object, questions)
        return {
            "questions": questions[:MAX_ON_PAGE] if is_live else questions,
            "question_count": len(questions),
            "question_counts": count_by_section(questions) if is_live else {},
        }

    def open_calls(self):
        """Return open calls to suggest on the page of a call that is over."""
        return Call.objects.published().for_list().open().by_deadline()[:3]


class FundersView(PublishedCallMixin, View):
    """Download of the funders' matrix; `respond` is a function of `lists.exports`."""

    respond = staticmethod(csv_response)

    def get(self, request, slug):
        return self.respond(f"{slug}-funders", funders_table(self.call))


class SuccessRatesView(PublishedCallMixin, View):
    """Download of the success rates; `respond` is a function of `lists.exports`."""

    respond = staticmethod(csv_response)

    def get(self, request, slug):
        return self.respond(f"{slug}-odds", success_rates_table(self.call))


class ConsortiumView(CallSection, PublishedCallMixin, SectionMixin, TemplateView):
    """Consortium checker. The input is only in the query string, and never stored."""

    cache_tags = None
    template_name = "calls/consortium.html"

    def get(self, request, *args, **kwargs):
        self.rules = self.call.consortium_rules.all()
        if not self.rules:
            raise Http404
        self.form = ConsortiumForm(request.GET, self.call.offers.all())
        query = self.form.canonical_query()
        if QueryDict(query) != request.GET:
            return self.make_private(HttpResponseRedirect(f"?{query}" if query else "."))
        return self.make_private(super().get(request, *args, **kwargs))

    def make_private(self, response):
        if self.request.GET:
            add_never_cache_headers(response)
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    def get_context_data(self, **kwargs):
        crumbs = [
            {"title": self.section_title, "url": reverse(self.list_url)},
            {"title": self.call.title, "url": self.call.get_absolute_url()},
            {"title": _("Consortium checker")},
        ]
        return super().get_context_data(
            title=_("Consortium checker"),
            call=self.call,
            form=self.form,
            report=self.report(),
            breadcrumbs=crumbs,
            languages=language_links(self.request.get_full_path()),
            **kwargs,
        )

    def report(self):
        """Return the Report on the input, or None if it is empty or invalid."""
        if not self.form.is_filled or self.form.errors:
            return None
        return check_consortium(self.rules, self.call.offers.all(), self.form.partners())

    def render_to_response(self, context, **kwargs):
        status = 400 if self.form.errors else None
        return super().render_to_response(context, status=status, **kwargs)


class ProjectListView(ProjectSection, PublishedListView):
    filterset_class = ProjectFilter
    intro = _("Projects funded by the calls, with their participants and funding.")
    views = ("cards", "table")
    downloads = {
        _("CSV"): "calls:projects-csv",
        _("XLSX (Excel)"): "calls:projects-xlsx",
    }


class ProjectDetailView(ProjectSection, PublishedDetailView):
    describe = staticmethod(structured_data.project_data)

    def get_context_data(self, **kwargs):
        participants = self.object.participants_with_regions()
        coordinators = [part for part in participants if part.is_coordinator]
        return super().get_context_data(
            coordinators=coordinators,
            participants=[part for part in participants if not part.is_coordinator],
            siblings=self.siblings(),
            citation=Citation(self.object),
            **kwargs,
        )

    def siblings(self):
        """Return other published projects of the same call."""
        if not self.object.call_id:
            return []
        others = Project.objects.published().filter(call=self.object.call_id)
        return others.exclude(pk=self.object.pk).for_list().by_title()[:6]
