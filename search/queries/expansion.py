"""Query expansion: stems, prefixes, compounds and spelling corrections."""

from typing import NamedTuple

from localisation.languages import portal_languages
from search import vocabulary
from search.engine import Condition, is_any, newest
from search.facets import language_code
from search.queries.parser import Unit, parse
from search.text import squashed, stem

#: Maximum number of candidate corrections looked up.
MAX_TRIED = 6
EXACT, PREFIX, COMPOUND = 1.0, 0.6, 0.5


class Alternative(NamedTuple):
    """Consecutive stems, weighted by how well they match the typed text."""

    stems: tuple
    weight: float = EXACT


class ExpandedQuery(NamedTuple):
    """A Query with lists of Alternatives for each of its units."""

    query: object
    all_of: list
    none_of: list

    @property
    def key(self):
        """The whole query in the form of an acronym, reference or title key, or ""."""
        return squashed(self.query.text)

    def condition(self, scope, *facets):
        """Return the Condition: "t" matches the title, "u" title or summary, "w" anything.

        Each of `facets` is a list of alternative codes.
        """
        wanted = [_phrases(group, scope) for group in self.all_of]
        codes = [[(code,) for code in group] for group in facets]
        return Condition(wanted + codes, [_phrases(group, "w") for group in self.none_of])

    def stems(self):
        """Return all single stems searched for."""
        return {
            stem for group in self.all_of for alternative in group for stem in alternative.stems
        }


def _phrases(group, scope):
    return [tuple(scope + part for part in alternative.stems) for alternative in group]


def expand(query):
    """Return the ExpandedQuery of a query; looks up completions of its last word."""
    return ExpandedQuery(
        query,
        [[a for unit in units for a in alternatives(unit)] for units in query.all_of],
        [alternatives(unit._replace(is_prefix=False)) for unit in query.none_of],
    )


def match_any(expanded):
    """Return a ExpandedQuery that matches any of the words."""
    together = [alternative for group in expanded.all_of for alternative in group]
    return expanded._replace(all_of=[together] if together else [])


def alternatives(unit):
    """Return the index terms that a unit may match, in any language of the portal."""
    found = dict.fromkeys(_in_all_languages(unit.words), EXACT)
    if unit.joined:
        found |= dict.fromkeys(_in_all_languages((unit.joined,)), EXACT)
    if unit.is_prefix:
        *before, last = unit.words
        for ending, language in vocabulary.completions(last):
            stems = tuple(stem(word, language) for word in (*before, ending))
            found.setdefault(stems, PREFIX)
    if len(unit.words) == 1:
        for compound, language in vocabulary.compounds(unit.words[0]):
            found.setdefault((stem(compound, language),), COMPOUND)
    return [Alternative(stems, weight) for stems, weight in found.items()]


def _in_all_languages(parts):
    return [tuple(stem(word, code) for word in parts) for code in portal_languages()]


# --- Corrections ------------------------------------------------------------------------


def corrected(query, language):
    """Return the query with its unknown words corrected, or None if there are none."""
    text = query.text
    for unit in query.wanted():
        corrections = [_correct_word(word, language, unit) for word in unit.words]
        if any(corrections):
            corrected_words = [
                new or old for new, old in zip(corrections, unit.words, strict=True)
            ]
            text = text.replace(unit.original, _like(unit, corrected_words), 1)
    return parse(text) if text != query.text else None


def _like(unit, corrected_words):
    text = " ".join(corrected_words)
    return f'"{text}"' if unit.is_phrase else text


def _correct_word(word, language, unit):
    """Return the most likely correction, or None for a known word."""
    is_last = unit.is_prefix and word == unit.words[-1]
    if is_any(_condition(Unit((word,), is_prefix=is_last), language)):
        return None
    found = vocabulary.similar(word, language)
    best = sorted(found, key=lambda other: (found[other], other))[:MAX_TRIED]
    return min(
        best, key=lambda other: (found[other][0], -_frequency(other, language)), default=None
    )


def _frequency(word, language):
    return len(newest(_condition(Unit((word,)), language), 50))


def _condition(unit, language):
    phrases = _phrases(alternatives(unit), "w")
    return Condition([phrases, [(language_code(language),)]])
