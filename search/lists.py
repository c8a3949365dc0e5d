"""Full-text search in lists of one type, across all languages."""

from django.db.models import Case, Value, When
from django.utils.translation import get_language

from localisation.languages import shown_text
from search.engine import Condition
from search.facets import kind_code, language_code
from search.index import translated_names
from search.models import SearchEntry
from search.queries import parse, understand
from search.text import squashed


def matching(queryset, text):
    """Filter a searched type to items with all words of a text, in any one language."""
    meaning = understand(parse(text))
    if not meaning.query:
        return queryset.none()
    condition = meaning.condition("w", [kind_code(queryset.model)])
    return queryset.filter(pk__in=_keys(condition))


def by_relevance(queryset, text):
    """Order by relevance for readers of the active language.

    First what is known by the text as its name, then what has the words in its title, its
    summary, its text; each of these in the order that the model declares.
    """
    then = _declared_order(queryset.model)
    meaning = understand(parse(text))
    if not meaning.query:
        return queryset.order_by(*then)
    codes = [[kind_code(queryset.model)], [language_code(get_language())]]
    key = squashed(text)
    tiers = (
        [Condition([[(f"x{key}",)], *([(code,) for code in c] for c in codes)])] if key else []
    )
    if meaning.all_of:
        tiers += [meaning.condition(scope, *codes) for scope in "tu"]
    whens = [When(pk__in=_keys(tier), then=Value(place)) for place, tier in enumerate(tiers)]
    return queryset.order_by(Case(*whens, default=Value(len(tiers))), *then)


def _declared_order(model):
    translated = translated_names(model)
    return [shown_text(name) if name in translated else name for name in model.search.order]


def _keys(condition):
    return SearchEntry.objects.filter(terms__fulfils=condition).values("object_id")
