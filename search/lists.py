"""Full-text search in lists of one type, across all languages."""

from django.db.models import Case, Value, When
from django.utils.translation import get_language

from localisation.languages import shown_text
from search.engine import Condition
from search.facets import kind_code, language_code
from search.index import translated_names
from search.models import SearchEntry
from search.queries import expand, parse
from search.text import squashed


def filter_by_text(queryset, text):
    """Filter a searched type to items with all words of a text, in any one language."""
    expanded = expand(parse(text))
    if not expanded.query:
        return queryset.none()
    condition = expanded.condition("w", [kind_code(queryset.model)])
    return queryset.filter(pk__in=_keys(condition))


def order_by_relevance(queryset, text):
    """Order by relevance for readers of the active language.

    First what is known by the text as its name, then what has the words in its title, its
    summary, its text; each of these in the order that the model declares.
    """
    then = _declared_order(queryset.model)
    expanded = expand(parse(text))
    if not expanded.query:
        return queryset.order_by(*then)
    codes = [[kind_code(queryset.model)], [language_code(get_language())]]
    key = squashed(text)
    tiers = (
        [Condition([[(f"x{key}",)], *([(code,) for code in c] for c in codes)])] if key else []
    )
    if expanded.all_of:
        tiers += [expanded.condition(scope, *codes) for scope in "tu"]
    conditions = [
        When(pk__in=_keys(tier), then=Value(tier_number))
        for tier_number, tier in enumerate(tiers)
    ]
    return queryset.order_by(Case(*conditions, default=Value(len(tiers))), *then)


def _declared_order(model):
    translated = translated_names(model)
    return [shown_text(name) if name in translated else name for name in model.search.order]


def _keys(condition):
    return SearchEntry.objects.filter(terms__fulfils=condition).values("object_id")
