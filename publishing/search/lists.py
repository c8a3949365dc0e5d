"""Full-text search in lists of one type, across all languages."""

from django.db.models import Case, Value, When
from django.utils.translation import get_language

from publishing.models.search import SearchEntry
from publishing.search.engine import Condition
from publishing.search.facets import kind_code, language_code
from publishing.search.meaning import understand
from publishing.search.query import parse
from publishing.search.text import squashed


def matching(queryset, text):
    """Filter a searched type to items with all words of a text, in any one language."""
    meaning = understand(parse(text))
    if not meaning.query:
        return queryset.none()
    condition = meaning.condition("w", [kind_code(queryset.model)])
    return queryset.filter(pk__in=_keys(condition))


def by_relevance(queryset, text, *then):
    """Order by matches of the text as key, in the title, in the summary, then elsewhere.

    Ties are ordered by the columns `then`. Matches are in the entries of the active language.
    """
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


def _keys(condition):
    return SearchEntry.objects.filter(terms__fulfils=condition).values("object_id")
