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


def feed_declarations():
    """Return the declarations of the content types that have feeds."""
    return [
        declaration
        for declaration in declarations()
        if declaration.has_feed and declaration.is_publishable
    ]


class PortalFeedView(FeedView):
    """Feed of all published items."""

    def title(self):
        return _("Everything new")

    def link(self):
        return reverse("home")

    def querysets(self):
        return [declaration.public() for declaration in feed_declarations()]


class SubjectMixin:
    """Base of views below the address of `subject`."""

    subject = None

    def title(self):
        return str(self.subject)

    def link(self):
        return self.subject.get_absolute_url()


class TopicMixin(SubjectMixin):
    """Base of views below a topic's address."""

    def get(self, request, slug):
        self.subject = get_object_or_404(Topic, slug=slug)
        return super().get(request)

    def public_items(self, declaration):
        return declaration.public().about([self.subject])


class InitiativeMixin(SubjectMixin):
    """Base of views below a published initiative's address; former slugs redirect."""

    def get(self, request, slug):
        try:
            self.subject = get_object_or_404(Initiative.objects.published(), slug=slug)
        except Http404:
            return redirect_to_new_address(request, Initiative, slug)
        return super().get(request)

    def public_items(self, declaration):
        return declaration.public().filter(**{declaration.initiative: self.subject.pk})


class TopicFeedView(TopicMixin, FeedView):
    """Feed of the items published about a topic or its narrower topics."""

    def querysets(self):
        return [self.public_items(declaration) for declaration in feed_declarations()]


class InitiativeFeedView(InitiativeMixin, FeedView):
    """Feed of an initiative and of all that is published about it."""

    def guid(self):
        return tag(self.subject, "feed")

    def querysets(self):
        return [
            self.public_items(declaration)
            for declaration in feed_declarations()
            if declaration.initiative
        ]


class SubjectCalendarView(View):
    """Calendar of the dates of all items about a subject.

    Subclasses implement `had_link_to(declaration, former)`, which selects items that are no
    longer public.
    """

    def get(self, request):
        entries = []
        for declaration in self.calendar_declarations():
            dates = declaration.calendar()
            entries += dates.entries(dates.items(self.public_items(declaration)))
            withdrawn_items = [
                former
                for former in withdrawn(dates.model, dates.rows)
                if self.had_link_to(declaration, former)
            ]
            entries += dates.cancelled(withdrawn_items)
        return calendar_response(self.subject.slug, make_calendar(self.title(), entries))

    def calendar_declarations(self):
        """Return the declarations of the types with dates."""
        return [declaration for declaration in declarations() if declaration.calendar]


class TopicCalendarView(TopicMixin, SubjectCalendarView):
    def had_link_to(self, declaration, former):
        return former.had_link_to("topics", self.topic_ids)

    @cached_property
    def topic_ids(self):
        return {topic.pk for topic in Topic.objects.within([self.subject])}


class InitiativeCalendarView(InitiativeMixin, SubjectCalendarView):
    def calendar_declarations(self):
        return [
            declaration
            for declaration in super().calendar_declarations()
            if declaration.initiative
        ]

    def had_link_to(self, declaration, former):
        return former.had_link_to(declaration.initiative, {self.subject.pk})
