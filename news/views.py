"""Views of news and events: lists and pages."""

from django.utils.translation import gettext_lazy as _

from localisation.formats import partial_date, period
from news import structured_data
from news.filters import ArticleFilter, EventFilter
from news.models import Article, Event
from website.views import PublishedDetailView, PublishedListView


class ArticleSection:
    model = Article
    section = "news"
    section_title = _("News")
    list_url = "news:list"


class ArticleListView(ArticleSection, PublishedListView):
    filterset_class = ArticleFilter
    subscription_kinds = ("feed", "mail")
    intro = _("News, announcements and features.")


class ArticleDetailView(ArticleSection, PublishedDetailView):
    describe = staticmethod(structured_data.article_data)

    def get_context_data(self, **kwargs):
        latest = Article.objects.published().exclude(pk=self.object.pk)
        return super().get_context_data(latest=latest.for_list().latest_first()[:3], **kwargs)

    def card_line(self):
        return partial_date(self.object.published_on)


class EventSection:
    model = Event
    section = "events"
    section_title = _("Events")
    list_url = "news:events"


class EventListView(EventSection, PublishedListView):
    filterset_class = EventFilter
    subscription_kinds = ("feed", "calendar", "mail")
    intro = _("Information days, conferences and webinars.")


class EventDetailView(EventSection, PublishedDetailView):
    subscription_kinds = ("calendar",)
    describe = staticmethod(structured_data.event_data)

    def card_kicker(self):
        return " · ".join(filter(None, (super().card_kicker(), self.object.place)))

    def card_line(self):
        return period(*self.object.days)
