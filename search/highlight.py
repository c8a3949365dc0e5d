"""Highlighting of search terms in texts."""

import re

from django.utils.html import escape
from django.utils.safestring import mark_safe

from localisation.languages import portal_languages
from search.text import chunks, stem

#: Length of a snippet, and number of characters before the first match.
LENGTH, BEFORE = 240, 60
_WORD = re.compile(r"[^\W_]+")


class Highlighter:
    """Highlighter of a ExpandedQuery's words in plain text; returns escaped HTML."""

    def __init__(self, expanded):
        self.stems = expanded.stems()
        self.known = {}

    def is_wanted(self, word):
        if word not in self.known:
            parts = [part for words, _joined in chunks(word) for part in words]
            self.known[word] = any(
                stem(part, code) in self.stems for part in parts for code in portal_languages()
            )
        return self.known[word]

    def highlight(self, text):
        """Return the text as HTML with <mark> around each match."""
        html, end = [], 0
        for match in _WORD.finditer(text):
            if self.is_wanted(match[0]):
                html += [escape(text[end : match.start()]), f"<mark>{escape(match[0])}</mark>"]
                end = match.end()
        return mark_safe("".join([*html, escape(text[end:])]))  # noqa: S308 - escaped above

    def snippet(self, summary, text):
        """Return the summary, or an extract around the first match if only the text has one."""
        start = self.first(text) if self.first(summary) is None else None
        if start is None:
            return self.highlight(shortened(summary or text))
        return self.highlight(around(text, start))

    def first(self, text):
        """Return the position of the first match, or None."""
        found = (m.start() for m in _WORD.finditer(text) if self.is_wanted(m[0]))
        return next(found, None)


def shortened(text):
    text = " ".join(text.split())
    if len(text) <= LENGTH:
        return text
    return text[:LENGTH].rpartition(" ")[0] + " …"


def around(text, start):
    """Return an extract of a text around a position, cut at word boundaries."""
    begin = max(0, start - BEFORE)
    part = text[begin : begin + LENGTH]
    if begin:
        part = "… " + part[part.find(" ") + 1 if " " in part[:BEFORE] else 0 :]
    if begin + LENGTH < len(text):
        part = part.rpartition(" ")[0] + " …"
    return " ".join(part.split())
