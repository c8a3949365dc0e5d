"""Declaration of news and events."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from news.api import ArticleViewSet, EventViewSet
from news.ical import EventDates
from news.models import Article, Event
from news.views import ArticleDetailView, ArticleListView, EventDetailView, EventListView
from publishing.registry import HomeSection
from website.declare import declare


def event_start(event):
    """Return the date that newsletters announce."""
    return {
        "label": gettext("Starts"),
        "at": event.starts_at,
        "zone": event.timezone,
        "precision": "minute",
    }


declare(
    Article,
    section="news",
    title=ArticleListView.section_title,
    order=50,
    list_view=ArticleListView,
    detail_view=ArticleDetailView,
    viewset=ArticleViewSet,
    card="components/article_card.html",
    home=(
        HomeSection(
            name="news",
            order=40,
            title=_("Latest news"),
            link_text=_("All news"),
            items=lambda articles: articles.latest_first(),
            is_grid=True,
        ),
    ),
    topic_items=lambda articles: articles.latest_first(),
    newsletter_order=20,
)
declare(
    Event,
    section="events",
    title=EventListView.section_title,
    order=60,
    list_view=EventListView,
    detail_view=EventDetailView,
    viewset=EventViewSet,
    list_name="events",
    detail_name="event",
    card="components/event_card.html",
    calendar=EventDates,
    home=(
        HomeSection(
            name="events",
            order=50,
            title=_("Upcoming events"),
            link_text=_("All events"),
            items=lambda events: events.upcoming(),
        ),
    ),
    topic_items=lambda events: events.next_first(),
    newsletter_order=30,
    newsletter_date=event_start,
)
