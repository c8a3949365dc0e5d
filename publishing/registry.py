"""Registry of the types of content.

An app declares its types in its module `content`, which is imported when Django starts, with
`website.declare`. Routes, feeds, calendars, sitemaps, navigation, home page, topic pages, API,
newsletter, alerts and roles iterate over `declarations()`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from publishing.models import Publishable

_declarations = {}


@dataclass(frozen=True, kw_only=True)
class HomeSection:
    """Section of the home page: some items of a type, and a link to the whole list."""

    #: Anchor of the section.
    name: str
    title: str
    link_text: str
    #: Takes the published items; returns those to show, in order.
    items: Callable
    limit: int = 4
    #: Position among the sections of all types.
    order: int = 100
    #: Query string of the list that the link leads to, such as "?status=open".
    query: str = ""
    is_grid: bool = False
    #: (title, text) shown if neither this section nor an earlier one of the type has items.
    empty: tuple = ()


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """All that the portal knows of a type of content; `website.declare` has the defaults."""

    model: type
    #: Name in addresses, navigation, API and alerts: "calls".
    section: str
    #: Title of the list: "Calls".
    title: str
    #: Position in navigation, API and on topic pages.
    order: int
    #: Classes of the pages and of the API. `list_view` is None for a type without a list.
    list_view: type | None
    detail_view: type
    viewset: type | None
    #: URL names of list and detail page within the app's namespace.
    list_name: str
    detail_name: str
    #: Translated field with the heading, and column with the time of the last visible change.
    name_field: str
    changed_field: str
    #: Template of an item in lists; its variable is `item`.
    card: str
    in_navigation: bool
    has_feed: bool
    #: Subclasses of syndication.calendars.Dates, of lists and of single items, or None.
    calendar: type | None
    item_calendar: type | None
    #: Lookup from the type to its initiatives; "" if it has none.
    initiative: str
    home: tuple
    #: Takes the published items on a topic; returns them in order. None: not on topic pages.
    topic_items: Callable | None
    topic_limit: int
    #: Template of an item in the text of topic pages, instead of a section of cards.
    topic_template: str
    #: Position in newsletters, or None; takes an item, returns the date to announce or None.
    newsletter_order: int | None
    newsletter_date: Callable
    #: Whether people can subscribe to the list, save its filters, and watch one item.
    has_alerts: bool
    has_subscriptions: bool
    is_watchable: bool
    #: "content": written by authors; "reference": maintained by editors.
    role: str

    @property
    def is_publishable(self):
        return issubclass(self.model, Publishable)

    @property
    def namespace(self):
        return self.model._meta.app_label

    @property
    def list_url_name(self):
        return f"{self.namespace}:{self.list_name}"

    @property
    def filterset(self):
        return self.list_view and self.list_view.filterset_class

    def public(self):
        """Return the queryset of what readers may see."""
        objects = self.model._default_manager
        return objects.published() if self.is_publishable else objects.all()


def register(declaration):
    """Add a declaration; a second one of the same model or section raises ValueError."""
    for known in _declarations.values():
        if declaration.model is known.model or declaration.section == known.section:
            raise ValueError(f"{declaration.section} is declared twice.")
    _declarations[declaration.model] = declaration


def declarations():
    """Return all declarations by their `order`."""
    return sorted(_declarations.values(), key=lambda declaration: declaration.order)


def declaration_of(model):
    """Return the declaration of a model, or None."""
    return _declarations.get(model)
