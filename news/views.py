"""Lists and pages of news and events."""

from django.utils.translation import gettext_lazy as _

from news.filters import ArticleFilter, EventFilter
from news.models import Article, Event
from publishing.views import PublishedDetailView, PublishedListView


class ArticleSection:
    model = Article
    section = "news"
    section_title = _("News")
    list_url = "news:list"


class ArticleListView(ArticleSection, PublishedListView):
    filterset_class = ArticleFilter
    intro = _("News, announcements and features.")


class ArticleDetailView(ArticleSection, PublishedDetailView):
    def get_context_data(self, **kwargs):
        latest = Article.objects.published().exclude(pk=self.object.pk)
        return super().get_context_data(latest=latest.for_list().latest_first()[:3], **kwargs)


class EventSection:
    model = Event
    section = "events"
    section_title = _("Events")
    list_url = "news:events"


class EventListView(EventSection, PublishedListView):
    filterset_class = EventFilter
    intro = _("Information days, conferences and webinars.")


class EventDetailView(EventSection, PublishedDetailView):
    pass
