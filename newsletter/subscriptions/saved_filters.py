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


def types_with_alerts():
    """Return {section: Declaration} of the types that have alerts."""
    return {each.section: each for each in declarations() if each.has_alerts}


def subscribable_lists():
    """Return the (name, title) pairs of the lists that people can subscribe to."""
    return [(e.section, e.title) for e in types_with_alerts().values() if e.has_subscriptions]


def watchable_types():
    """Return {model label: section} of the types whose items can be watched."""
    found = (each for each in types_with_alerts().values() if each.is_watchable)
    return {each.model._meta.label_lower: each.section for each in found}


def model_of(section):
    return types_with_alerts()[section].model


def filterset_of(section):
    return types_with_alerts()[section].filterset


def filterset(section, query, queryset=None):
    """Return the FilterSet of a list with the values of a query string."""
    return filterset_of(section)(QueryDict(query), queryset=queryset)


def validate_query(section, query):
    """Return the canonical query of a list's query string.

    Raises UnusableFilter for invalid values or a query that is too long.
    """
    filters = filter_query(QueryDict(query), filterset_of(section))
    canonical = canonical_query(filters)
    if len(canonical) > MAX_QUERY:
        raise UnusableFilter(_("An alert cannot have this many filters. Remove some of them."))
    if errors := filterset(section, canonical).errors:
        raise UnusableFilter(" ".join(text for texts in errors.values() for text in texts))
    return canonical


def name_of(subscription, *, with_search_terms=True):
    """Return the name of a subscription, such as "Calls: Open · Oncology".

    The title of a watched item is included only while it is public. With `with_search_terms`
    False, the reader's search terms are left out.
    """
    title = subscription.get_section_display()
    if subscription.kind == Subscription.Kind.WATCH:
        return _watched_title(subscription) or title
    words = _filter_labels(subscription, with_search_terms)
    return formats.named(title, " · ".join(words)) if words else title


def _watched_title(subscription):
    item = subscription.item
    return item.title if item and item.is_published else ""


def _filter_labels(subscription, with_search_terms):
    query = subscription.query
    if not query:
        return []
    params = QueryDict(query, mutable=True)
    words = []
    if not with_search_terms and params.pop("q", None):
        words.append(_("search words"))
    shown = ActiveFilters(filterset(subscription.section, query), params)
    return [*(str(each["value"]) for each in shown), *words]


def with_names(subscriptions):
    """Return subscriptions as a list, each with its `name`."""
    found = list(subscriptions)
    for subscription in found:
        subscription.name = name_of(subscription)
    return found
