"""What an item in memory holds, as the checks read it: texts, rows, pictures, structure."""

import re
from html import unescape
from html.parser import HTMLParser

from localisation.languages import portal_languages
from publishing.revisions import plain_text, snapshots
from publishing.richtext import RichTextField, sanitize

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


def shown_fields(model):
    """The content columns that this portal shows: without those of other languages."""
    shown = {*portal_languages(), ""}
    fields = snapshots.content_fields(model)
    return [field for field in fields if getattr(field, "language", "") in shown]


def rich_texts(item):
    """(field, html as readers get it) of each rich text that is written, one a language."""
    for field in shown_fields(type(item)):
        if isinstance(field, RichTextField) and (html := getattr(item, field.name)):
            yield field, sanitize(html)


def rows_of(item):
    """(accessor, index, row) of each row of the item."""
    for relation in snapshots.row_relations(type(item)):
        for index, row in enumerate(getattr(item, relation.name).all()):
            yield relation.name, index, row


def with_rows(item):
    """(object, where a finding of it is) of the item itself and of each of its rows."""
    yield item, {}
    for accessor, index, row in rows_of(item):
        yield row, {"rows": accessor, "index": index}


def words(text):
    """The plain words of a text or rich text: what must differ for it to be another text."""
    return " ".join(unescape(plain_text(text or "")).split())


def texts(item):
    """(field, its text without markup) of each written text of the item, one a language."""
    for field in shown_fields(type(item)):
        if hasattr(field, "translated_field") and (text := getattr(item, field.name)):
            cells_apart = re.sub(r"</t[dh]>", "\n", text)
            yield field, unescape(plain_text(cells_apart))


class Outline(HTMLParser):
    """The `headings` (level, text) and the `links` (href, text) of rich text."""

    def __init__(self, html):
        super().__init__()
        self._open = []
        self._found = []
        self.feed(html)
        self.close()

    @property
    def headings(self):
        found = [entry for entry in self._found if entry["tag"] in HEADINGS]
        return [(HEADINGS[entry["tag"]], squeezed(entry["text"])) for entry in found]

    @property
    def links(self):
        found = [entry for entry in self._found if entry["tag"] == "a"]
        return [(entry["href"], squeezed(entry["text"])) for entry in found]

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


def squeezed(text):
    return " ".join(text.split())
