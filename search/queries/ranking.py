"""Ranking of search results. Done in Python, so that both databases agree."""

from collections import Counter
from math import log

from django.db.models.functions import Substr

from localisation import clock
from localisation.languages import portal_languages
from search.facets import kinds
from search.models import SearchEntry
from search.text import stem

#: Weights of a match in the title (including keys), the summary and the text.
TITLE, SUMMARY, TEXT = 10, 5, 1
#: Weight of a query that equals a reference, acronym or title.
KEY = 80
#: Weights of a title fully covered by the query, and of words in the query's order.
COVERED, IN_ORDER = 6, 5
#: Weight of recency.
RECENT = 2
#: Number of characters of an entry's terms used for ranking.
MAX_TERMS = 15_000


def rank(candidates, expanded):
    """Return the keys of Candidates, best first."""
    found = SearchEntry.objects.filter(pk__in=[candidate.pk for candidate in candidates])
    rows = found.annotate(start=Substr("terms", 1, MAX_TERMS)).values_list("pk", "start")
    terms = dict(rows)
    key, runs = expanded.key, _runs(expanded.query)
    weights = {code: model.search.weight for code, model in kinds().items()}
    scored = [
        (
            -_score(terms.get(candidate.pk, ""), expanded, key, runs, weights, candidate),
            candidate,
        )
        for candidate in candidates
    ]
    return [candidate.pk for _score, candidate in sorted(scored, key=_order)]


def _order(scored):
    score, candidate = scored
    dated_on = candidate.dated_on
    return round(score, 6), -dated_on.toordinal() if dated_on else 0, -candidate.pk


def _score(terms, expanded, key, runs, weights, candidate):
    counts = Counter(terms.split())
    hits = [_best(group, counts, terms) for group in expanded.all_of]
    total = sum(value for value, _title in hits)
    title_length = terms.count(" t")
    total += COVERED * min(1, sum(title for _value, title in hits) / (title_length or 1))
    total += IN_ORDER * any(run in terms for run in runs)
    total += KEY * (bool(key) and f"x{key}" in counts)
    return total * weights.get(candidate.kind, 1) + _recency(candidate.dated_on)


def _best(group, counts, terms):
    """Return the best (score, number of title words matched) of a unit's alternatives."""
    best = (0, 0)
    for stems, weight in group:
        in_title, in_summary, in_text = (_count(scope, stems, counts, terms) for scope in "tuw")
        value = TEXT * (1 + log(in_text)) / 2 if in_text else 0
        value += TITLE if in_title else SUMMARY if in_summary else 0
        best = max(best, (value * weight, len(stems) * weight if in_title else 0))
    return best


def _count(scope, stems, counts, terms):
    if len(stems) == 1:
        return counts[scope + stems[0]]
    return terms.count(" ".join(scope + part for part in stems))


def _runs(query):
    """Return the query as consecutive title terms in each language; empty for one word."""
    words = [word for unit in query.wanted() for word in unit.words]
    if len(words) < 2:
        return set()
    return {" ".join("t" + stem(word, code) for word in words) for code in portal_languages()}


def _recency(dated_on):
    if dated_on is None:
        return 0
    years = abs((clock.today() - dated_on).days) / 365
    return RECENT / (1 + years)
