"""Which of the entries found comes first. Worked out here, so that both databases agree."""

from collections import Counter
from math import log

from django.db.models.functions import Substr

from localisation import clock
from localisation.languages import portal_languages
from search.facets import kinds
from search.models import SearchEntry
from search.text import stem

#: A word found in the title (with acronym and reference), in the summary, in the text.
TITLE, SUMMARY, TEXT = 10, 5, 1
#: The whole query is a reference, an acronym or a title.
KEY = 80
#: The title has nothing else, or the words in this order.
COVERED, IN_ORDER = 6, 5
#: Items of this year rather than old ones.
RECENT = 2
#: Characters of an entry's terms that are looked at.
MAX_TERMS = 15_000


def rank(candidates, meaning):
    """The keys of Candidates, the best first."""
    found = SearchEntry.objects.filter(pk__in=[candidate.pk for candidate in candidates])
    rows = found.annotate(start=Substr("terms", 1, MAX_TERMS)).values_list("pk", "start")
    terms = dict(rows)
    key, runs = meaning.key, _runs(meaning.query)
    weights = {code: model.search.weight for code, model in kinds().items()}
    scored = [
        (
            -_score(terms.get(candidate.pk, ""), meaning, key, runs, weights, candidate),
            candidate,
        )
        for candidate in candidates
    ]
    return [candidate.pk for _score, candidate in sorted(scored, key=_order)]


def _order(scored):
    score, candidate = scored
    dated_on = candidate.dated_on
    return round(score, 6), -dated_on.toordinal() if dated_on else 0, -candidate.pk


def _score(terms, meaning, key, runs, weights, candidate):
    counts = Counter(terms.split())
    hits = [_best(group, counts, terms) for group in meaning.all_of]
    total = sum(value for value, _title in hits)
    title_length = terms.count(" t")
    total += COVERED * min(1, sum(title for _value, title in hits) / (title_length or 1))
    total += IN_ORDER * any(run in terms for run in runs)
    total += KEY * (bool(key) and f"x{key}" in counts)
    return total * weights.get(candidate.kind, 1) + _recency(candidate.dated_on)


def _best(group, counts, terms):
    """How well one of a unit's alternatives is found, and words of the title it is found in."""
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
    """The words of a query as they stand in a title, in each language; none for one word."""
    words = [word for unit in query.wanted() for word in unit.words]
    if len(words) < 2:
        return set()
    return {" ".join("t" + stem(word, code) for word in words) for code in portal_languages()}


def _recency(dated_on):
    if dated_on is None:
        return 0
    years = abs((clock.today() - dated_on).days) / 365
    return RECENT / (1 + years)
