"""Views of the questions and answers of a call: page and feed."""

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from calls.models import Question
from calls.questions.feed import QuestionsFeed
from calls.questions.log import questions_of, section_choices, set_question_dates
from calls.sections import CallSection, PublishedCallMixin
from website.views import SectionMixin, language_links


class QuestionsView(CallSection, PublishedCallMixin, SectionMixin, TemplateView):
    """Page of the questions of a published call; `?section=` filters them."""

    template_name = "calls/questions_page.html"

    def get(self, request, *args, **kwargs):
        self.current = request.GET.get("section", "")
        if self.current not in ("", *Question.Section.values):
            raise Http404
        return super().get(request, *args, **kwargs)

    @cached_property
    def questions(self):
        return set_question_dates(self.call, questions_of(self.call))

    def get_context_data(self, **kwargs):
        crumbs = [
            {"title": self.section_title, "url": reverse(self.list_url)},
            {"title": self.call.title, "url": self.call.get_absolute_url()},
            {"title": _("Questions and answers")},
        ]
        return super().get_context_data(
            title=_("Questions and answers"),
            call=self.call,
            questions=[q for q in self.questions if self.current in ("", q.section)],
            choices=section_choices(self.questions, self.current),
            breadcrumbs=crumbs,
            languages=language_links(self.request.get_full_path()),
            **kwargs,
        )


class QuestionsFeedView(PublishedCallMixin, View):
    """The questions of a published call as an Atom feed."""

    def get(self, request, slug):
        return QuestionsFeed()(request, call=self.call)
