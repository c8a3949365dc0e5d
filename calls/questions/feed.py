"""Atom feed of the questions and answers of a call."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from calls.questions.log import questions_of, set_question_dates
from localisation.languages import language_shown
from localisation.plaintext import plain
from publishing.references import with_current_links
from syndication.feeds import AtomFeed, tag


class QuestionsFeed(Feed):
    """Questions and answers of a published call in the active language, newest first.

    The id of an entry doesn't change with its text or with the URL of the call.
    """

    feed_type = AtomFeed

    def get_object(self, request, call):
        self.questions = set_question_dates(call, questions_of(call))
        return call

    def title(self, call):
        return plain(_("Questions and answers: %(call)s") % {"call": call.title})

    def link(self, call):
        return settings.PORTAL_URL + reverse("calls:questions", args=[call.slug])

    def feed_url(self, call):
        return settings.PORTAL_URL + reverse("calls:questions-feed", args=[call.slug])

    def feed_guid(self, call):
        return tag(call, "questions")

    def author_name(self, call):
        return settings.PORTAL_NAME

    def feed_extra_kwargs(self, call):
        updates = (question.updated_at for question in self.questions)
        return {"updated": max(updates, default=call.first_published_at)}

    def items(self, call):
        return sorted(self.questions, key=lambda question: question.updated_at, reverse=True)

    def item_title(self, question):
        return plain(question.question)

    def item_description(self, question):
        return plain(with_current_links(question.answer, question, settings.PORTAL_URL))

    def item_link(self, question):
        return settings.PORTAL_URL + question.get_absolute_url()

    def item_guid(self, question):
        return tag(question.call, f"question-{question.pk}")

    def item_pubdate(self, question):
        return question.published_at

    def item_updateddate(self, question):
        return question.updated_at

    def item_categories(self, question):
        return [question.get_section_display()]

    def item_extra_kwargs(self, question):
        return {"language": language_shown(question, "question") or get_language()}
