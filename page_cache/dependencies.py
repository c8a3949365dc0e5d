"""What a page is made from, collected while it is rendered.

A tag names something that pages show: "news.article:12" is one item, "news.article" the lists
of a type, and SITE everything else, which all pages depend on.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

#: Tag of all pages.
SITE = "site"
FOREVER = datetime.max.replace(tzinfo=UTC)

_current = ContextVar("page_dependencies", default=None)


class Dependencies:
    """Tags of a page, and the instant at which time alone changes it."""

    __slots__ = ("are_lists_noted", "changes_at", "is_cacheable", "tags")

    def __init__(self):
        self.tags = {SITE}
        self.are_lists_noted = True
        self.changes_at = FOREVER
        self.is_cacheable = False


@contextmanager
def collect():
    """Collect the dependencies of what is rendered within, as `Dependencies`."""
    found = Dependencies()
    token = _current.set(found)
    try:
        yield found
    finally:
        _current.reset(token)


def depend_on(*tags):
    """Note that the page is made from what these tags name."""
    if (page := _current.get()) is not None:
        page.tags.update(tags)


def item_tag(model, key):
    return f"{model._meta.label_lower}:{key}"


def list_tag(model):
    return model._meta.label_lower


def depend_on_item(item):
    """Note that the page shows this instance of a model."""
    if (page := _current.get()) is not None:
        page.tags.add(item_tag(type(item), item.pk))


def depend_on_list(model):
    """Note that the page shows which items of a model there are."""
    page = _current.get()
    if page is not None and page.are_lists_noted:
        page.tags.add(list_tag(model))


@contextmanager
def single_item():
    """Note no dependency on lists for queries that find one item by its key."""
    page = _current.get()
    if page is None or not page.are_lists_noted:
        yield
        return
    page.are_lists_noted = False
    try:
        yield
    finally:
        page.are_lists_noted = True


def change_at(instant):
    """Note that the page changes at an instant (an aware datetime, or None for never)."""
    page = _current.get()
    if page is not None and instant is not None and instant < page.changes_at:
        page.changes_at = instant


def is_cacheable():
    """Return whether the page being rendered will be stored."""
    page = _current.get()
    return page is not None and page.is_cacheable


def allow_caching():
    """Note that the page is the same for every anonymous reader."""
    if (page := _current.get()) is not None:
        page.is_cacheable = True
