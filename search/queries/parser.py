"""Parser of search queries: words, "phrases", OR, -exclusion. Any text is valid."""

import re
from typing import NamedTuple

from localisation.folding import fold
from search.text import STOP_WORDS, chunks

#: Limits of a query's size.
MAX_LENGTH = 200
MAX_UNITS = 12

_UNIT = re.compile(
    r"""(?P<minus>[-−–])?(?:["“”„«»](?P<phrase>[^"“”„«»]*)(?:["“”„«»]|$)|(?P<word>[^\s"“”„«»]+))"""
)
#: Operators in the languages of the portal; upper case only.
OR = frozenset({"OR", "OU", "OF", "|"})
AND = frozenset({"AND", "ET", "EN", "&", "+"})


class Unit(NamedTuple):
    """Consecutive words, usually one. `joined` is their spelling in one word, or ""."""

    words: tuple
    joined: str = ""
    #: Original spelling, to be replaced by a correction.
    original: str = ""
    is_phrase: bool = False
    #: Whether this is the last word, which may be incomplete.
    is_prefix: bool = False


class Query(NamedTuple):
    """A parsed query: `all_of` has lists of alternative Units, `none_of` excluded Units."""

    all_of: list
    none_of: list
    text: str

    def __bool__(self):
        return bool(self.all_of or self.none_of)

    def wanted(self):
        """Return the units searched for, in order."""
        return [unit for units in self.all_of for unit in units]


def parse(text):
    """Parse a text. The Query is empty if nothing can be searched for."""
    text = " ".join(text[: 5 * MAX_LENGTH].replace("\0", " ").split())[:MAX_LENGTH].strip()
    all_of, none_of, is_or = [], [], False
    for match in _UNIT.finditer(text):
        if match["word"] in OR:
            is_or = True
            continue
        units = [] if match["word"] in AND else _units(match)
        if not (match["minus"] or is_or):
            units = [part for unit in units for part in _parts(unit)]
        if match["minus"]:
            none_of += units
        elif is_or and all_of:
            all_of[-1] += units
        else:
            all_of += [[unit] for unit in units]
        is_or = False
    all_of, none_of = _without_stop_words(all_of)[:MAX_UNITS], none_of[:MAX_UNITS]
    return Query(_mark_prefix(all_of, text), none_of, text)


def _units(match):
    if match["phrase"] is not None:
        words = [word for parts, _joined in chunks(match["phrase"]) for word in parts]
        return [Unit(tuple(words[:MAX_UNITS]), "", match[0], True)] if words else []
    found = chunks(match["word"])
    original = match["word"] if len(found) == 1 else ""
    is_prefix = match["word"].endswith("*")
    return [
        Unit(tuple(parts), joined, original or parts[0], False, is_prefix)
        for parts, joined in found
    ]


def _parts(unit):
    """Split JTC2024 into JTC and 2024, to match 2024 JTC; hyphenated words are kept."""
    if unit.is_phrase or unit.joined:
        return [unit]
    if len(unit.words) == 1:
        return [unit]
    return [Unit((word,), "", word) for word in unit.words]


def _without_stop_words(all_of):
    """Drop stop words, unless there are no others or they are in capitals."""
    significant = [units for units in all_of if any(map(_is_significant, units))]
    return significant or all_of


def _is_significant(unit):
    is_name = unit.original.isupper() and len(unit.original) > 1
    return unit.is_phrase or is_name or unit.words[0] not in STOP_WORDS or len(unit.words) > 1


def _mark_prefix(all_of, text):
    """Mark the last word as a possible prefix."""
    if not all_of or text.endswith(('"', "”", "»")) or not fold(text[-1:]).isalnum():
        return all_of
    *others, last = all_of
    unit = last[-1]
    if unit.is_phrase or not fold(text).endswith(unit.words[-1]):
        return all_of
    return [*others, [*last[:-1], unit._replace(is_prefix=True)]]
