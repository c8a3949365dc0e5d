"""Showing where the words of a search stand in a text."""

import re

from django.utils.html import escape
from django.utils.safestring import mark_safe

from localisation.languages import portal_languages
from search.text import chunks, stem

#: Characters of a text that are shown around the first word found, and before it.
LENGTH, BEFORE = 240, 60
_WORD = re.compile(r"[^\W_]+")


class Highlighter:
    """Marks the words of a Meaning in plain texts, as escaped HTML."""

    def __init__(self, meaning):
        self.stems = meaning.stems()
        self.known = {}

    def is_wanted(self, word):
        if word not in self.known:
            parts = [part for words, _joined in chunks(word) for part in words]
            self.known[word] = any(
                stem(part, code) in self.stems for part in parts for code in portal_languages()
            )
        return self.known[word]

    def marked(self, text):
        """The text with <mark> around each word found."""
        html, end = [], 0
        for match in _WORD.finditer(text):
            if self.is_wanted(match[0]):
                html += [escape(text[end : match.start()]), f"<mark>{escape(match[0])}</mark>"]
                end = match.end()
        return mark_safe("".join([*html, escape(text[end:])]))  # noqa: S308 - escaped above

    def snippet(self, summary, text):
        """What tells best why an item was found: its summary, or the place in its text."""
        start = self.first(text) if self.first(summary) is None else None
        if start is None:
            return self.marked(shortened(summary or text))
        return self.marked(around(text, start))

    def first(self, text):
        """Where the first word found begins, or None."""
        found = (m.start() for m in _WORD.finditer(text) if self.is_wanted(m[0]))
        return next(found, None)


def shortened(text):
    text = " ".join(text.split())
    if len(text) <= LENGTH:
        return text
    return text[:LENGTH].rpartition(" ")[0] + " …"


def around(text, start):
    """The part of a text around a place, from word to word."""
    begin = max(0, start - BEFORE)
    part = text[begin : begin + LENGTH]
    if begin:
        part = "… " + part[part.find(" ") + 1 if " " in part[:BEFORE] else 0 :]
    if begin + LENGTH < len(text):
        part = part.rpartition(" ")[0] + " …"
    return " ".join(part.split())
