"""The lists whose filters can be saved, and what a saved filter holds."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from calls.filters import CallFilter
from initiatives.filters import InitiativeFilter
from lists.query_string import ActiveFilters
from localisation import formats
from news.filters import ArticleFilter, EventFilter
from newsletter.models import Subscription, canonical_query
from syndication.subscribe_links import filter_query

What = Subscription.What

#: Each list of items with its FilterSet: the one of its page.
FILTERSETS = {
    What.CALLS: CallFilter,
    What.NEWS: ArticleFilter,
    What.EVENTS: EventFilter,
    What.INITIATIVES: InitiativeFilter,
}
#: The lists whose filters are offered for saving.
ALERTED = [What.CALLS, What.NEWS, What.EVENTS]
#: The types of which single items are offered for watching, with the list each stands in.
WATCHED = {"calls.call": What.CALLS, "initiatives.initiative": What.INITIATIVES}
#: A query fits its column.
MAX_QUERY = 2000


class UnusableFilter(ValueError):
    """A filter that the list's page does not take; the message says what is wrong."""


def model_of(what):
    return FILTERSETS[what]._meta.model


def filterset(what, query, queryset=None):
    """The FilterSet of a list with the values of a query."""
    return FILTERSETS[what](QueryDict(query), queryset=queryset)


def usable_query(what, query):
    """The canonical query of what a reader sees on a list. Raises UnusableFilter."""
    filters = filter_query(QueryDict(query), FILTERSETS[what])
    canonical = canonical_query(filters)
    if len(canonical) > MAX_QUERY:
        raise UnusableFilter(_("These are more filters than an alert can hold."))
    if errors := filterset(what, canonical).errors:
        raise UnusableFilter(" ".join(text for texts in errors.values() for text in texts))
    return canonical


def name_of(subscription, *, shows_typed=True):
    """What somebody follows, in words: "Calls: Open · Oncology". The title of a watched item
    only while it is public. `shows_typed` False leaves out what somebody typed."""
    what = subscription.get_what_display()
    if subscription.kind == Subscription.Kind.WATCH:
        return _watched(subscription) or what
    words = _words(subscription, shows_typed)
    return formats.named(what, " · ".join(words)) if words else what


def _watched(subscription):
    item = subscription.item
    return item.title if item and item.is_published else ""


def _words(subscription, shows_typed):
    query = subscription.query
    if not query:
        return []
    chosen = QueryDict(query, mutable=True)
    words = []
    if not shows_typed and chosen.pop("q", None):
        words.append(_("words that were typed"))
    shown = ActiveFilters(filterset(subscription.what, query), chosen)
    return [*(str(each["value"]) for each in shown), *words]


def named(subscriptions):
    """Subscriptions as a list, each with its `name`."""
    found = list(subscriptions)
    for subscription in found:
        subscription.name = name_of(subscription)
    return found
