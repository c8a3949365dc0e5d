"""Content of the sitemap, of the news sitemap and of robots.txt."""

from datetime import timedelta

from django.shortcuts import render
from django.utils import timezone

from localisation.languages import portal_languages, text_in
from news.models import Article
from publishing.models import Topic
from publishing.registry import declarations
from syndication.sitemaps import address_in, register

#: Maximum age and number of the articles in a news sitemap
#: (https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap).
NEWS_AGE = timedelta(days=2)
MAX_NEWS = 1000


def register_sections():
    """Register the pages of all declared types, and of topics, for the sitemap."""
    for each in declarations():
        register(each.section, each.model, text=each.name_field, changed=each.changed_field)
    register("topics", Topic, text="name", changed="updated_at")


def list_names():
    """Return the URL names of the home page, the list pages and the sign-up page."""
    lists = [each.list_url_name for each in declarations() if each.list_view]
    return ("home", *lists, "topics", "newsletter:subscribe")


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
