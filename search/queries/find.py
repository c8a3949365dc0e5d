"""Search: from the query text to ranked entries."""

from dataclasses import dataclass, field

from search import facets
from search.engine import Condition, is_any, newest
from search.queries.expansion import ExpandedQuery, corrected, expand, match_any
from search.queries.parser import parse
from search.queries.ranking import rank

#: Maximum number of candidates: newest first, with title matches before summary matches before
#: others.
MAX_FOUND = 1000
#: Maximum number of candidates that are ranked.
MAX_RANKED = 150


@dataclass
class Found:
    """Result of a search, and the query that produced it."""

    expanded: ExpandedQuery
    #: Query that was run: `meaning`, or any of its words.
    executed: ExpandedQuery = None
    candidates: list = field(default_factory=list)
    #: Ranked keys of the entries.
    pks: list = field(default_factory=list)
    #: Corrected text that was searched for instead, or "".
    corrected_to: str = ""
    #: Whether entries match only some of the words.
    is_partial: bool = False

    @property
    def is_truncated(self):
        return len(self.pks) >= MAX_FOUND

    def counts(self, prefix):
        """Return {value: number of entries} of a facet; see `search.facets`."""
        return facets.counted(self.candidates, prefix)


def search(text, language, *, filters=(), is_exact=False, by_date=False):
    """Search the entries of a language. Returns Found; any text is a valid query.

    `filters` are lists of alternative facet codes. `is_exact` disables corrections and partial
    matches.
    """
    found = Found(expand(parse(text)))
    if not found.expanded.query:
        return found
    found.executed = found.expanded
    conditions = [[facets.language_code(language)]]
    found.candidates = candidates(found.executed, [*conditions, *filters])
    if not found.candidates and not is_exact:
        _relax(found, language, conditions)
        found.candidates = candidates(found.executed, [*conditions, *filters])
    found.pks = ordered(found, by_date)
    return found


def counts(found, language, filters, prefix):
    """Return {value: number of entries} of a facet under other filters than the search's."""
    conditions = [[facets.language_code(language)], *filters]
    return facets.counted(candidates(found.executed, conditions), prefix)


def _relax(found, language, conditions):
    """Try corrections, then partial matches, unless the query matches without the filters."""
    if is_any(found.executed.condition("w", *conditions)):
        return
    query = corrected(found.expanded.query, language)
    expanded = executed = expand(query) if query else found.expanded
    is_partial = not is_any(executed.condition("w", *conditions))
    if is_partial:
        executed = match_any(expanded)
        if not is_any(executed.condition("w", *conditions)):
            return
    found.expanded, found.executed, found.is_partial = expanded, executed, is_partial
    found.corrected_to = query.text if query else ""


def candidates(expanded, conditions):
    """Return the candidates of a search, title matches first."""
    known = {}
    for condition in _tiers(expanded, conditions):
        if len(known) < MAX_FOUND:
            for candidate in newest(condition, MAX_FOUND):
                known.setdefault(candidate.pk, candidate)
    return list(known.values())[:MAX_FOUND]


def _tiers(expanded, conditions):
    if expanded.key and not expanded.none_of:
        yield Condition(
            [[(f"x{expanded.key}",)], *([(code,) for code in any_of] for any_of in conditions)]
        )
    if expanded.all_of:
        yield expanded.condition("t", *conditions)
        yield expanded.condition("u", *conditions)
    yield expanded.condition("w", *conditions)


def ordered(found, by_date):
    """Return the keys of the candidates, by relevance or date."""
    if by_date:
        latest = sorted(found.candidates, key=_latest)
        return [candidate.pk for candidate in latest]
    best, rest = found.candidates[:MAX_RANKED], found.candidates[MAX_RANKED:]
    return rank(best, found.expanded) + [candidate.pk for candidate in rest]


def _latest(candidate):
    day = candidate.dated_on.toordinal() if candidate.dated_on else 0
    return -day, -candidate.pk
