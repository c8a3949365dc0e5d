"""Tokenising and stemming, identical for indexing and queries.

Words are folded (no accents, lower case, ASCII) and stemmed by language. Letters and digits are
separated, so that JTC2024, JTC 2024 and JTC-2024 are equivalent.
"""

import re
from functools import lru_cache
from threading import Lock

import snowballstemmer

from localisation.folding import fold

ALGORITHMS = {"en": "english", "fr": "french", "nl": "dutch"}
_STOP_WORDS = """
    a an the and of in on at to for from with by is are be as or that this its into over au
    aux avec ce ces dans de des du elle en et est la le les leur mais ne ou par pas pour que
    qui sa se ses son sur un une vers aan als bij dat der deze die dit door een het hun is
    met naar niet of om ook op te tot uit van voor worden zijn
"""
#: Stop words of all languages.
STOP_WORDS = frozenset(_STOP_WORDS.split())
MAX_LENGTH = 40

_CHUNK = re.compile(r"[^\W_]+(?:['\-‐‑&][^\W_]+)*")
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quelqu)'(?=\w)")
_PART = re.compile(r"\d+|[^\W\d_]+")
_ODD = re.compile(r"[^a-z0-9]")
#: American spellings with z.
_AMERICAN = re.compile(r"iz(e[ds]?|ers?|ing|ations?)$")
_lock = Lock()
_stemmers = {}


def chunks(text):
    """Return the tokens as (words, joined): "e-mail" is (["e", "mail"], "email").

    `joined` is "" for a single word and if there are digits.
    """
    return [chunk for match in _CHUNK.finditer(fold(text)) if (chunk := _chunk(match[0]))[0]]


def _chunk(text):
    text = _ELISION.sub("", text).removesuffix("'s")
    words = [_ascii(part) for part in _PART.findall(text)]
    joined = "".join(words)[:MAX_LENGTH]
    return words, joined if len(words) > 1 and joined.isalpha() else ""


def _ascii(word):
    """Return the word in ASCII, other scripts as code points: databases tokenise it alike."""
    return _ODD.sub(lambda letter: f"u{ord(letter[0]):x}", word[: MAX_LENGTH // 2])[:MAX_LENGTH]


def words(text):
    """Return the words of a text in order, followed by hyphenated words joined."""
    found = chunks(text)
    return [word for parts, _joined in found for word in parts] + [
        joined for _parts, joined in found if joined
    ]


def squashed(text):
    """Return only the letters and digits of a reference or acronym, for comparison."""
    return "".join(word for parts, _joined in chunks(text) for word in parts)[:80]


@lru_cache(maxsize=100_000)
def stem(word, language):
    """Return the stem of a folded word; short words and unknown languages are unchanged."""
    if len(word) < 4 or language not in ALGORITHMS or word[0].isdigit():
        return word
    if language == "en":
        word = _AMERICAN.sub(r"is\1", word)
    with _lock:  # stemmers are stateful and not thread-safe
        if language not in _stemmers:
            _stemmers[language] = snowballstemmer.stemmer(ALGORITHMS[language])
        return _stemmers[language].stemWord(word)
