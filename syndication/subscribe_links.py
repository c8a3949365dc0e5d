"""What a page offers to those who want to follow it: its feeds, and its dates for calendars.

A feed or calendar stands below the page that it follows and takes the same filters.
"""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpResponseBadRequest

#: (name, content type, last part of the address)
FEEDS = [
    ("Atom", "application/atom+xml", "feed.atom"),
    ("RSS", "application/rss+xml", "feed.rss"),
    ("JSON", "application/feed+json", "feed.json"),
]


def offers(path, by, query="", followed=None):
    """The variables of components/follow_list.html for the page at a path.

    `by` names what there is of it: "feed", "calendar", "mail". None when that is nothing.
    `followed` tells the form for mail what it is about.
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
    """The query string of the filters alone: what is shown, not in which order or form."""
    filters = params.copy()
    for name in params:
        if name == "sort" or name not in filterset_class.parameters():
            del filters[name]
    return filters.urlencode()


def bad_filters(filterset):
    """400 as a plain text that names what is wrong, for machines; None if nothing is."""
    if not filterset.errors:
        return None
    errors = sorted(filterset.errors.items())
    lines = [f"{name}: {' '.join(messages)}" for name, messages in errors]
    return HttpResponseBadRequest("\n".join(lines), content_type="text/plain; charset=utf-8")
