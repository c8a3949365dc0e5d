"""Feeds and calendars of the whole portal, of a topic or of an initiative."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View

from calls.models import Call, Project
from calls.timeline import CallDates
from initiatives.models import Initiative
from news.ical import EventDates
from news.models import Article, Event
from pages.models import Page
from publishing.models import Topic
from publishing.redirects import redirect_to_new_address
from publishing.revisions import withdrawn
from syndication.calendars import calendar_response, make_calendar
from syndication.feeds.views import FeedView, tag

TYPES = (Call, Project, Initiative, Article, Event, Page)


class PortalFeedView(FeedView):
    """Feed of all published items."""

    def title(self):
        return _("Everything new")

    def link(self):
        return reverse("home")

    def querysets(self):
        return [model.objects.published() for model in TYPES]


class TopicMixin:
    """Base of views below a topic's address."""

    def get(self, request, slug):
        self.subject = get_object_or_404(Topic, slug=slug)
        return super().get(request)

    def title(self):
        return str(self.subject)

    def link(self):
        return self.subject.get_absolute_url()

    def about(self, model):
        return model.objects.published().about([self.subject])


class InitiativeMixin:
    """Base of views below a published initiative's address; former slugs redirect."""

    def get(self, request, slug):
        try:
            self.subject = get_object_or_404(Initiative.objects.published(), slug=slug)
        except Http404:
            return redirect_to_new_address(request, Initiative, slug)
        return super().get(request)

    def title(self):
        return str(self.subject)

    def link(self):
        return self.subject.get_absolute_url()

    def about(self, model):
        lookup = {
            Initiative: "pk",
            Call: "initiative",
            Project: "call__initiative",
            Article: "initiatives",
            Event: "initiatives",
        }[model]
        return model.objects.published().filter(**{lookup: self.subject.pk})


class TopicFeedView(TopicMixin, FeedView):
    """Feed of the items published about a topic or its narrower topics."""

    def querysets(self):
        return [self.about(model) for model in TYPES]


class InitiativeFeedView(InitiativeMixin, FeedView):
    """Feed of an initiative, its calls, their projects, and its news and events."""

    def guid(self):
        return tag(self.subject, "feed")

    def querysets(self):
        return [self.about(model) for model in (Initiative, Call, Project, Article, Event)]


class SubjectCalendarView(View):
    """Calendar of the calls' dates and the events about a subject.

    Subclasses implement `was_about(former)`, which selects items that are no longer public.
    """

    def get(self, request):
        entries = []
        for dates in (CallDates(), EventDates()):
            entries += dates.entries(dates.items(self.about(dates.model)))
            gone = withdrawn(dates.model, dates.rows)
            entries += dates.cancelled([former for former in gone if self.was_about(former)])
        return calendar_response(self.subject.slug, make_calendar(self.title(), entries))


class TopicCalendarView(TopicMixin, SubjectCalendarView):
    def was_about(self, former):
        return former.was_about("topics", self.keys)

    @cached_property
    def keys(self):
        return {topic.pk for topic in Topic.objects.within([self.subject])}


class InitiativeCalendarView(InitiativeMixin, SubjectCalendarView):
    def was_about(self, former):
        name = "initiative" if isinstance(former.item, Call) else "initiatives"
        return former.was_about(name, {self.subject.pk})
