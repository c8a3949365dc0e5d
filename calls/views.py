"""Views of calls and projects: lists, pages, and downloads of single calls."""

from django.http import Http404, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from calls import structured_data
from calls.citation import Citation
from calls.consortium import rules as consortium
from calls.filters import CallFilter, ProjectFilter
from calls.forms import ConsortiumForm, MatrixForm
from calls.funders import matrix as funders
from calls.models import Call, Project
from calls.questions import ON_THE_PAGE, count_by_section, date_questions, questions_of
from calls.results import described_text, of_call, totals
from calls.sections import CallSection, ProjectSection, PublishedCallMixin
from calls.success_rates import Odds
from calls.success_rates import table as success_table
from calls.timeline import PlanPicture, attach_moves, plan_of
from lists.exports import csv_response
from localisation.formats import instant
from website.views import PublishedDetailView, PublishedListView, SectionMixin, language_links


class CallListView(CallSection, PublishedListView):
    filterset_class = CallFilter
    followed_by = ("feed", "calendar", "mail")
    intro = _("Open and forthcoming calls, with their deadlines.")
    views = ("cards", "table")
    downloads = {
        _("CSV"): "calls:list-csv",
        _("XLSX (Excel)"): "calls:list-xlsx",
        _("Calendar"): "calls:list-ics",
        _("Text for an e-mail"): "calls:list-mail",
    }


class CallDetailView(CallSection, PublishedDetailView):
    followed_by = ("calendar", "mail")
    describe = staticmethod(structured_data.call)

    def get_context_data(self, **kwargs):
        call = self.object
        attach_moves(call, until=self.version)
        plan = plan_of(call)
        outcome = of_call(call)
        success = Odds(call)
        matrix_form = MatrixForm(self.request.GET, call.offers.all())
        return super().get_context_data(
            matrix_form=matrix_form,
            matrix=funders.Matrix(call, **matrix_form.reader()),
            odds=success,
            totals=list(totals(outcome)),
            described=described_text(outcome, success.funded),
            **self.questions(),
            key_dates=call.dates(),
            plan=plan,
            picture=PlanPicture(plan),
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
            date_questions(self.object, questions)
        return {
            "questions": questions[:ON_THE_PAGE] if is_live else questions,
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
        return self.respond(f"{slug}-funders", funders.table(self.call))


class OddsView(PublishedCallMixin, View):
    """Download of the success rates; `respond` is a function of `lists.exports`."""

    respond = staticmethod(csv_response)

    def get(self, request, slug):
        return self.respond(f"{slug}-odds", success_table(self.call))


class ConsortiumView(CallSection, PublishedCallMixin, SectionMixin, TemplateView):
    """Consortium checker. The input is only in the query string, and never stored."""

    cache_tags = None
    template_name = "calls/consortium.html"

    def get(self, request, *args, **kwargs):
        self.rules = self.call.consortium_rules.all()
        if not self.rules:
            raise Http404
        self.form = ConsortiumForm(request.GET, self.call.offers.all())
        query = self.form.clean_query()
        if QueryDict(query) != request.GET:
            return self.kept_to_the_reader(HttpResponseRedirect(f"?{query}" if query else "."))
        return self.kept_to_the_reader(super().get(request, *args, **kwargs))

    def kept_to_the_reader(self, response):
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
        return consortium.check(self.rules, self.call.offers.all(), self.form.partners())

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
    describe = staticmethod(structured_data.project)

    def get_context_data(self, **kwargs):
        everyone = self.object.participants_with_regions()
        coordinators = [part for part in everyone if part.is_coordinator]
        return super().get_context_data(
            coordinators=coordinators,
            participants=[part for part in everyone if not part.is_coordinator],
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
