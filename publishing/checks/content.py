"""Accessors that checks use to read an item in memory."""

import re
from html import unescape
from html.parser import HTMLParser

from localisation.languages import portal_languages
from publishing.revisions import plain_text, snapshots
from publishing.richtext import RichTextField, sanitize

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


def shown_fields(model):
    """Return the content fields that this portal shows, in its own languages only."""
    shown = {*portal_languages(), ""}
    fields = snapshots.content_fields(model)
    return [field for field in fields if getattr(field, "language", "") in shown]


def rich_texts(item):
    """Yield (field, sanitised HTML) for each non-empty rich text field, per language."""
    for field in shown_fields(type(item)):
        if isinstance(field, RichTextField) and (html := getattr(item, field.name)):
            yield field, sanitize(html)


def rows_of(item):
    """Yield (relation name, index, row) for each row of the item."""
    for relation in snapshots.row_relations(type(item)):
        for index, row in enumerate(getattr(item, relation.name).all()):
            yield relation.name, index, row


def with_rows(item):
    """Yield the item and its rows, each with the keyword arguments that locate a finding."""
    yield item, {}
    for accessor, index, row in rows_of(item):
        yield row, {"rows": accessor, "index": index}


def words(text):
    """Return the normalised words of a text or rich text, for comparison."""
    return " ".join(unescape(plain_text(text or "")).split())


def texts(item):
    """Yield (field, plain text) for each non-empty translated field, per language."""
    for field in shown_fields(type(item)):
        if hasattr(field, "translated_field") and (text := getattr(item, field.name)):
            cells_apart = re.sub(r"</t[dh]>", "\n", text)
            yield field, unescape(plain_text(cells_apart))


class Outline(HTMLParser):
    """Parser of rich text's `headings` (level, text) and `links` (href, text)."""

    def __init__(self, html):
        super().__init__()
        self._open = []
        self._found = []
        self.feed(html)
        self.close()

    @property
    def headings(self):
        found = [entry for entry in self._found if entry["tag"] in HEADINGS]
        return [(HEADINGS[entry["tag"]], collapse_whitespace(entry["text"])) for entry in found]

    @property
    def links(self):
        found = [entry for entry in self._found if entry["tag"] == "a"]
        return [(entry["href"], collapse_whitespace(entry["text"])) for entry in found]

    def handle_starttag(self, tag, attrs):
        if tag in HEADINGS or tag == "a":
            href = (dict(attrs).get("href") or "").strip()
            self._found.append({"tag": tag, "href": href, "text": ""})
            self._open.append(self._found[-1])

    def handle_data(self, data):
        for entry in self._open:
            entry["text"] += data

    def handle_endtag(self, tag):
        self._open = [entry for entry in self._open if entry["tag"] != tag]


def collapse_whitespace(text):
    return " ".join(text.split())
