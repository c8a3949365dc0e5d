"""Content of the sitemap, of the news sitemap and of robots.txt."""

from datetime import timedelta

from django.shortcuts import render
from django.utils import timezone

from calls.models import Call, Project
from initiatives.models import Initiative, Organisation
from localisation.languages import portal_languages, text_in
from news.models import Article, Event
from pages.models import Page
from publishing.models import Topic
from syndication.sitemaps import address_in, register

#: URL names of the home page, the list pages and the sign-up page.
LISTS = (
    "home",
    "calls:list",
    "calls:projects",
    "initiatives:list",
    "initiatives:organisations",
    "news:list",
    "news:events",
    "topics",
    "newsletter:subscribe",
)
#: Maximum age and number of the articles in a news sitemap
#: (https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap).
NEWS_AGE = timedelta(days=2)
MAX_NEWS = 1000


def register_sections():
    register("calls", Call)
    register("projects", Project)
    register("initiatives", Initiative)
    register("organisations", Organisation, text="name", changed="updated_at")
    register("news", Article)
    register("events", Event)
    register("pages", Page)
    register("topics", Topic, text="name", changed="updated_at")


def news(request):
    """Render the news sitemap: articles first published in the last two days, by language."""
    recent = Article.objects.published().filter(
        first_published_at__gte=timezone.now() - NEWS_AGE
    )
    entries = [
        {
            "address": address_in(code, article.get_absolute_url),
            "language": code,
            "title": title,
            "published_at": article.first_published_at,
        }
        for article in recent.order_by("-first_published_at")[:MAX_NEWS]
        for code in portal_languages()
        if (title := text_in(article, "title", code))
    ]
    context = {"entries": entries[:MAX_NEWS]}
    return render(request, "sitemaps/news.xml", context, content_type="application/xml")


def robots(request):
    """Render robots.txt (RFC 9309)."""
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")
