"""URL patterns of the declared types: lists, feeds, calendars and pages of items."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import include, path

from publishing.registry import declarations
from syndication.calendars.views import ItemCalendarView, ListCalendarView
from syndication.feeds.views import ListFeedView, feed_paths


def section_patterns():
    """Return the URL patterns of each app with declared types, in its own namespace.

    The patterns in an app's own module `urls` follow those of its declarations.
    """
    patterns = {}
    for declaration in declarations():
        patterns.setdefault(declaration.namespace, []).extend(routes_of(declaration))
    for app, own in patterns.items():
        if find_spec(f"{app}.urls"):
            own += import_module(f"{app}.urls").urlpatterns
    return [path("", include((own, app))) for app, own in patterns.items()]


def routes_of(declaration):
    """Return the URL patterns of one type below its section."""
    route = f"{declaration.section}/"
    detail = declaration.detail_view.as_view()
    found = [path(f"{route}<slug:slug>/", detail, name=declaration.detail_name)]
    if list_view := declaration.list_view:
        found.append(path(route, list_view.as_view(), name=declaration.list_name))
    if list_view and declaration.has_feed:
        found += feed_paths(route, ListFeedView, declaration.list_name, list_view=list_view)
    if list_view and declaration.calendar:
        view = ListCalendarView.as_view(list_view=list_view, dates_class=declaration.calendar)
        name = f"{declaration.list_name}-calendar"
        found.append(path(f"{route}calendar.ics", view, name=name))
    if declaration.item_calendar:
        view = ItemCalendarView.as_view(dates_class=declaration.item_calendar)
        name = f"{declaration.detail_name}-calendar"
        found.append(path(f"{route}<slug:slug>/calendar.ics", view, name=name))
    return found
