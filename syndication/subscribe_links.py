"""Links to a page's feeds, calendar and e-mail alerts.

A feed or calendar has a URL below its page and accepts the same filters.
"""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpResponseBadRequest

#: (name, media type, last part of the URL)
FEEDS = [
    ("Atom", "application/atom+xml", "feed.atom"),
    ("RSS", "application/rss+xml", "feed.rss"),
    ("JSON", "application/feed+json", "feed.json"),
]


def offers(path, by, query="", followed=None):
    """Return the context of components/follow_list.html for the page at `path`.

    `by` lists the available kinds: "feed", "calendar", "mail"; if it is empty, it is returned
    as it is. `query` is the filter query string, `followed` the parameters for the alert form.
    """
    query = f"?{query}" if query else ""
    feeds = [
        {"name": name, "type": kind, "url": f"{path}{ending}{query}"}
        for name, kind, ending in FEEDS
        if "feed" in by
    ]
    calendar = f"{path}calendar.ics{query}" if "calendar" in by else ""
    host = urlsplit(settings.PORTAL_URL).netloc
    return by and {
        "feeds": feeds,
        "calendar": calendar,
        "subscription": calendar and f"webcal://{host}{calendar}",
        "mail": urlencode(followed or {}) if "mail" in by else "",
    }


def filter_query(params, filterset_class):
    """Return the query string with only the filters, without sort order and view."""
    filters = params.copy()
    for name in params:
        if name == "sort" or name not in filterset_class.parameters():
            del filters[name]
    return filters.urlencode()


def invalid_filters_response(filterset):
    """Return a plain-text 400 response listing invalid filters, or None if all are valid."""
    if not filterset.errors:
        return None
    errors = sorted(filterset.errors.items())
    lines = [f"{name}: {' '.join(messages)}" for name, messages in errors]
    return HttpResponseBadRequest("\n".join(lines), content_type="text/plain; charset=utf-8")
