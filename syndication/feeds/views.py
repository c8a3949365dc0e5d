"""Feeds of published items: latest changes first, full text, in pages.

`ListFeedView` is the feed of a filtered list. Other feeds subclass FeedView and define their
querysets.
"""

import operator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import View

from lists.query_string import ActiveFilters
from localisation import formats
from localisation.plaintext import plain
from publishing.page_tags import ITEMS
from publishing.references import mentions
from publishing.richtext import links
from syndication.feeds.entries import entry
from syndication.feeds.formats import FORMATS
from syndication.public_changes import annotate_changed_at
from syndication.subscribe_links import filter_query, invalid_filters_response

PAGE_SIZE = 20
#: Maximum number of pages: feed readers only want recent items.
MAX_PAGES = 50
#: Date of a feed without entries.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class FeedView(View):
    """Feed of one or more querysets of models that define `feed`.

    A subclass implements `title()`, `link()` (path and query of the page it belongs to) and
    `querysets()`.
    """

    cache_tags = (ITEMS,)
    #: Key of FORMATS.
    ending = "atom"

    def get(self, request, **kwargs):
        page = page_number(request.GET)
        items, has_next = newest(self.querysets(), page)
        entries = [self.entry(item) for item in items]
        updated = max((entry["updateddate"] for entry in entries), default=NEVER)
        feed = FORMATS[self.ending](
            title=plain(self.title()),
            link=settings.PORTAL_URL + self.link(),
            description=plain(formats.named(settings.PORTAL_NAME, self.title())),
            language=get_language(),
            author_name=settings.PORTAL_NAME,
            feed_url=self.address(page),
            feed_guid=self.guid(),
            updated=updated,
            pages=self.pages(page, has_next),
        )
        for one in entries:
            feed.add_item(**one)
        response = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
        if not request.GET:  # filter results may change without any item changing
            response.headers["Last-Modified"] = http_date(updated.timestamp())
        return response

    def entry(self, item):
        return entry(item)

    def guid(self):
        """Return the permanent id of this feed."""
        return self.address()

    def address(self, page=1):
        parts = urlsplit(self.link())
        query = "&".join(filter(None, [parts.query, f"page={page}" if page > 1 else ""]))
        query = f"?{query}" if query else ""
        return f"{settings.PORTAL_URL}{parts.path}feed.{self.ending}{query}"

    def pages(self, page, has_next):
        """Return the RFC 5005 links to other pages as {rel: url}."""
        found = {"first": self.address()}
        if page > 1:
            found["previous"] = self.address(page - 1)
        if has_next and page < MAX_PAGES:
            found["next"] = self.address(page + 1)
        return found


class ListFeedView(FeedView):
    """Feed of a list, filtered by the list's own parameters; 400 if they are invalid."""

    #: A FilteredListView subclass.
    list_view = None

    def get(self, request):
        filterset_class = self.list_view.filterset_class
        self.filterset = filterset_class(request.GET, queryset=filterset_class.public())
        return invalid_filters_response(self.filterset) or super().get(request)

    def title(self):
        filters = (str(chosen["value"]) for chosen in self.active_filters())
        return " – ".join([str(self.list_view.section_title), *filters])

    def active_filters(self):
        return ActiveFilters(self.filterset, self.request.GET)

    def link(self):
        query = filter_query(self.request.GET, self.list_view.filterset_class)
        return reverse(self.list_view.list_url) + (f"?{query}" if query else "")

    def querysets(self):
        return [self.filterset.qs]


def feed_paths(route, view, name, **initkwargs):
    """Return the URL patterns of a feed in all formats, named `<name>-atom` and so on."""
    return [
        path(
            f"{route}feed.{ending}",
            view.as_view(ending=ending, **initkwargs),
            name=f"{name}-{ending}",
        )
        for ending in FORMATS
    ]


def page_number(params):
    """Return the requested page number. Raises Http404 if it is invalid."""
    text = params.get("page", "1")
    if text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= MAX_PAGES:
        return int(text)
    raise Http404(_("This page does not exist."))


def newest(querysets, page):
    """Return (items of a page, whether more follow), latest change first."""
    first, last = (page - 1) * PAGE_SIZE, page * PAGE_SIZE
    keys = []
    for queryset in querysets:
        model = queryset.model
        changed = last_changed(queryset, last + 1)
        keys += [(at, model._meta.label, pk, model) for at, pk in changed]
    keys.sort(key=operator.itemgetter(0, 1, 2), reverse=True)
    items = _load([(model, pk) for _at, _label, pk, model in keys[first:last]])
    return items, len(keys) > last


def last_changed(queryset, count):
    """Return (changed_at, pk) of the `count` most recently changed items.

    An item's `changed_at` is never later than its indexed last save. Rows are therefore read by
    last save, and more of them only if items were saved without a visible change.
    """
    written_at = queryset.model.feed.written_at
    rows = annotate_changed_at(queryset).order_by(f"-{written_at}", "-pk")
    rows = rows.values_list("changed_at", "pk", written_at)
    found, size = [], count
    while True:
        batch = list(rows[len(found) : len(found) + size])
        found += batch
        newest = sorted((row[:2] for row in found), reverse=True)[:count]
        bound = batch[-1][2] if batch else None
        if len(batch) < size or (bound and newest[-1][0] >= bound):
            return newest
        size *= 2


def _load(targets):
    """Return the items of these (model, pk) pairs, in the same order."""
    found = {}
    for model in {model for model, _pk in targets}:
        keys = [pk for other, pk in targets if other is model]
        items = annotate_changed_at(links.visible_items(model)).for_feed()
        found |= {(model, item.pk): item for item in items.filter(pk__in=keys)}
    items = [found[target] for target in targets if target in found]
    mentions.prefetch_public_targets(items)
    return items
