"""Lists whose filters can be saved, and names of saved filters."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from lists.query_string import ActiveFilters
from localisation import formats
from newsletter.models import Subscription, canonical_query
from publishing.registry import declarations
from syndication.subscribe_links import filter_query

#: Maximum length of a query, as of its column.
MAX_QUERY = 2000


class UnusableFilter(ValueError):
    """Filter that the page of the list would reject; the message says why."""


def alerted():
    """Return {section: Declaration} of the types that have alerts."""
    return {each.section: each for each in declarations() if each.has_alerts}


def subscribable():
    """Return the (name, title) pairs of the lists that people can subscribe to."""
    return [(e.section, e.title) for e in alerted().values() if e.has_subscriptions]


def watchable():
    """Return {model label: section} of the types whose items can be watched."""
    found = (each for each in alerted().values() if each.is_watchable)
    return {each.model._meta.label_lower: each.section for each in found}


def model_of(what):
    return alerted()[what].model


def filterset_of(what):
    return alerted()[what].filterset


def filterset(what, query, queryset=None):
    """Return the FilterSet of a list with the values of a query string."""
    return filterset_of(what)(QueryDict(query), queryset=queryset)


def usable_query(what, query):
    """Return the canonical query of a list's query string.

    Raises UnusableFilter for invalid values or a query that is too long.
    """
    filters = filter_query(QueryDict(query), filterset_of(what))
    canonical = canonical_query(filters)
    if len(canonical) > MAX_QUERY:
        raise UnusableFilter(_("An alert cannot have this many filters. Remove some of them."))
    if errors := filterset(what, canonical).errors:
        raise UnusableFilter(" ".join(text for texts in errors.values() for text in texts))
    return canonical


def name_of(subscription, *, shows_typed=True):
    """Return the name of a subscription, such as "Calls: Open · Oncology".

    The title of a watched item is included only while it is public. With `shows_typed` False,
    search terms typed by a reader are left out.
    """
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
        words.append(_("search words"))
    shown = ActiveFilters(filterset(subscription.what, query), chosen)
    return [*(str(each["value"]) for each in shown), *words]


def named(subscriptions):
    """Return subscriptions as a list, each with its `name`."""
    found = list(subscriptions)
    for subscription in found:
        subscription.name = name_of(subscription)
    return found
