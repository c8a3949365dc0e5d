"""Rich text: shared configuration of the editor and the sanitiser.

The sanitiser removes everything that the editor cannot produce, whatever the source.
"""

import re

from django_prose_editor.fields import ProseEditorField, create_sanitizer

from publishing.richtext import links

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Subscript": True,
    "Superscript": True,
    "HardBreak": True,
    # h1 is reserved for the page title.
    "Heading": {"levels": [2, 3, 4]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    # "item" is only for identity links, see `publishing.richtext`.
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel", "item"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
}

_clean = create_sanitizer(EXTENSIONS)

#: The editor wraps list items and cells in a paragraph; other sources do not.
LONE_PARAGRAPH = re.compile(r"<(li|td|th)([^>]*)><p>((?:(?!</?p>).)*)</p></\1>", re.DOTALL)


def sanitize(html):
    """Return normalised HTML with only what EXTENSIONS allow."""
    html = links.without_malformed_identities(_clean(html))
    return LONE_PARAGRAPH.sub(r"<\1\2>\3</\1>", html).strip()


def storable(html):
    """Return HTML for storage: sanitised, with identity links to portal items."""
    return links.identify_links(sanitize(html))


class RichTextField(ProseEditorField):
    """HTML field, sanitised on save and therefore also for imports and scripts."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("extensions", EXTENSIONS)
        kwargs.setdefault("sanitize", storable)
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        if value:
            value = storable(value)
            # Not setattr: a translated field's descriptor would copy text shown as a fallback
            # into the active language.
            model_instance.__dict__[self.attname] = value
        return value
