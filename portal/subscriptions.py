"""Feeds and calendars of the whole portal, of a topic or of an initiative."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View

from initiatives.models import Initiative
from publishing.models import Topic
from publishing.redirects import redirect_to_new_address
from publishing.registry import declarations
from publishing.revisions import withdrawn
from syndication.calendars import calendar_response, make_calendar
from syndication.feeds import tag
from syndication.feeds.views import FeedView


def followed():
    """Return the declarations of the content types that have feeds."""
    return [each for each in declarations() if each.has_feed and each.is_publishable]


class PortalFeedView(FeedView):
    """Feed of all published items."""

    def title(self):
        return _("Everything new")

    def link(self):
        return reverse("home")

    def querysets(self):
        return [each.public() for each in followed()]


class TopicMixin:
    """Base of views below a topic's address."""

    def get(self, request, slug):
        self.subject = get_object_or_404(Topic, slug=slug)
        return super().get(request)

    def title(self):
        return str(self.subject)

    def link(self):
        return self.subject.get_absolute_url()

    def about(self, declaration):
        return declaration.public().about([self.subject])


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

    def about(self, declaration):
        return declaration.public().filter(**{declaration.initiative: self.subject.pk})


class TopicFeedView(TopicMixin, FeedView):
    """Feed of the items published about a topic or its narrower topics."""

    def querysets(self):
        return [self.about(each) for each in followed()]


class InitiativeFeedView(InitiativeMixin, FeedView):
    """Feed of an initiative and of all that is published about it."""

    def guid(self):
        return tag(self.subject, "feed")

    def querysets(self):
        return [self.about(each) for each in followed() if each.initiative]


class SubjectCalendarView(View):
    """Calendar of the dates of all items about a subject.

    Subclasses implement `was_about(declaration, former)`, which selects items that are no
    longer public.
    """

    def get(self, request):
        entries = []
        for declaration in self.dated():
            dates = declaration.calendar()
            entries += dates.entries(dates.items(self.about(declaration)))
            gone = withdrawn(dates.model, dates.rows)
            gone = [former for former in gone if self.was_about(declaration, former)]
            entries += dates.cancelled(gone)
        return calendar_response(self.subject.slug, make_calendar(self.title(), entries))

    def dated(self):
        """Return the declarations of the types with dates."""
        return [each for each in declarations() if each.calendar]


class TopicCalendarView(TopicMixin, SubjectCalendarView):
    def was_about(self, declaration, former):
        return former.was_about("topics", self.keys)

    @cached_property
    def keys(self):
        return {topic.pk for topic in Topic.objects.within([self.subject])}


class InitiativeCalendarView(InitiativeMixin, SubjectCalendarView):
    def dated(self):
        return [each for each in super().dated() if each.initiative]

    def was_about(self, declaration, former):
        return former.was_about(declaration.initiative, {self.subject.pk})
