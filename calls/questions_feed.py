"""The answers to questions on a call, to subscribe to."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from calls.questions import date_questions, questions_of
from publishing.languages import language_shown
from publishing.mentions import for_readers

#: What no XML document can hold.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class AtomFeed(Atom1Feed):
    """Atom whose relative links lead to the portal, and whose time is that of its content."""

    def root_attributes(self):
        return super().root_attributes() | {"xml:base": f"{settings.PORTAL_URL}/"}

    def item_attributes(self, item):
        return {"xml:lang": item["language"]}

    def latest_post_date(self):
        return self.feed["updated"]


class QuestionsFeed(Feed):
    """A published call's questions and answers in the active language, the newest first.

    An entry keeps its id when it changes, or when the call gets another address.
    """

    feed_type = AtomFeed

    def get_object(self, request, call):
        self.questions = date_questions(call, questions_of(call))
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
        return plain(for_readers(question.answer, question, settings.PORTAL_URL))

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


def plain(text):
    return CONTROL.sub("", text or "")


def tag(call, name):
    """A URI for ever (RFC 4151), one a language: each has a feed of its own."""
    host = urlsplit(settings.PORTAL_URL).hostname
    return f"tag:{host},{call.created_at:%Y-%m-%d}:call-{call.pk}/{name}/{get_language()}"
