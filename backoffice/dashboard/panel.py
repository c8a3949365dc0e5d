"""Panels of the start page.

A model admin's `dashboard_panels(request)` returns Panels; those of one key become one panel
of the page.
"""

from dataclasses import dataclass, field

from backoffice.item_pages import change_url

#: Entries that a panel shows.
LIMIT = 8


@dataclass(frozen=True)
class Entry:
    """Line of a panel: an item, why it is listed, and the date that orders it."""

    title: str
    url: str
    kind: str
    at: object
    notes: tuple = ()
    badge: str = ""


@dataclass(frozen=True)
class Panel:
    """Titled list of entries."""

    key: str
    title: str
    #: Place on the page, low numbers first.
    order: int
    entries: list = field(default_factory=list)
    #: Text of the panel without entries; if empty, such a panel is not shown.
    empty: str = ""
    is_latest_first: bool = False
    #: Whether entries are shown with their time.
    shows_time: bool = False


def entry(item, at, notes=(), badge=""):
    """Return the line of an item, which links to its form."""
    kind = str(item._meta.verbose_name)
    return Entry(str(item), change_url(item), kind, at, tuple(notes), badge)
