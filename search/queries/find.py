"""Search: from the query text to ranked entries."""

from dataclasses import dataclass, field

from search import facets
from search.engine import Condition, is_any, newest
from search.queries.meaning import Meaning, anything_of, corrected, understand
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

    meaning: Meaning
    #: Query that was run: `meaning`, or any of its words.
    asked: Meaning = None
    candidates: list = field(default_factory=list)
    #: Ranked keys of the entries.
    pks: list = field(default_factory=list)
    #: Corrected text that was searched for instead, or "".
    corrected_to: str = ""
    #: Whether entries match only some of the words.
    is_partial: bool = False

    @property
    def is_cut(self):
        return len(self.pks) >= MAX_FOUND

    def counts(self, prefix):
        """Return {value: number of entries} of a facet; see `search.facets`."""
        return facets.counted(self.candidates, prefix)


def search(text, language, *, filters=(), is_exact=False, by_date=False):
    """Search the entries of a language. Returns Found; any text is a valid query.

    `filters` are lists of alternative facet codes. `is_exact` disables corrections and partial
    matches.
    """
    found = Found(understand(parse(text)))
    if not found.meaning.query:
        return found
    found.asked = found.meaning
    conditions = [[facets.language_code(language)]]
    found.candidates = candidates(found.asked, [*conditions, *filters])
    if not found.candidates and not is_exact:
        _forgive(found, language, conditions)
        found.candidates = candidates(found.asked, [*conditions, *filters])
    found.pks = ordered(found, by_date)
    return found


def counts(found, language, filters, prefix):
    """Return {value: number of entries} of a facet under other filters than the search's."""
    conditions = [[facets.language_code(language)], *filters]
    return facets.counted(candidates(found.asked, conditions), prefix)


def _forgive(found, language, conditions):
    """Try corrections, then partial matches, unless the query matches without the filters."""
    if is_any(found.asked.condition("w", *conditions)):
        return
    query = corrected(found.meaning.query, language)
    meaning = asked = understand(query) if query else found.meaning
    is_partial = not is_any(asked.condition("w", *conditions))
    if is_partial:
        asked = anything_of(meaning)
        if not is_any(asked.condition("w", *conditions)):
            return
    found.meaning, found.asked, found.is_partial = meaning, asked, is_partial
    found.corrected_to = query.text if query else ""


def candidates(meaning, conditions):
    """Return the candidates of a search, title matches first."""
    known = {}
    for condition in _tiers(meaning, conditions):
        if len(known) < MAX_FOUND:
            for candidate in newest(condition, MAX_FOUND):
                known.setdefault(candidate.pk, candidate)
    return list(known.values())[:MAX_FOUND]


def _tiers(meaning, conditions):
    if meaning.key and not meaning.none_of:
        yield Condition(
            [[(f"x{meaning.key}",)], *([(code,) for code in any_of] for any_of in conditions)]
        )
    if meaning.all_of:
        yield meaning.condition("t", *conditions)
        yield meaning.condition("u", *conditions)
    yield meaning.condition("w", *conditions)


def ordered(found, by_date):
    """Return the keys of the candidates, by relevance or date."""
    if by_date:
        latest = sorted(found.candidates, key=_latest)
        return [candidate.pk for candidate in latest]
    best, rest = found.candidates[:MAX_RANKED], found.candidates[MAX_RANKED:]
    return rank(best, found.meaning) + [candidate.pk for candidate in rest]


def _latest(candidate):
    day = candidate.dated_on.toordinal() if candidate.dated_on else 0
    return -day, -candidate.pk
