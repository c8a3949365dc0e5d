"""Rich text: one configuration for the editor's buttons and for the sanitiser.

What the editor cannot make, the sanitiser removes, on whatever way the text comes in.
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
    # The page's own title is the only h1.
    "Heading": {"levels": [2, 3, 4]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    # "item" is for links by identity alone, see `publishing.richtext.links`.
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel", "item"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
}

_clean = create_sanitizer(EXTENSIONS)

#: The editor wraps the text of every list item and cell in a paragraph, others don't.
LONE_PARAGRAPH = re.compile(r"<(li|td|th)([^>]*)><p>((?:(?!</?p>).)*)</p></\1>", re.DOTALL)


def sanitize(html):
    """HTML with nothing but what EXTENSIONS allow, always spelt the same way."""
    html = links.without_misuse(_clean(html))
    return LONE_PARAGRAPH.sub(r"<\1\2>\3</\1>", html).strip()


def storable(html):
    """HTML as it is stored: sanitised, with links to items of this portal by identity."""
    return links.identified(sanitize(html))


class RichTextField(ProseEditorField):
    """HTML as the editor makes it. Sanitised on save, so that imports and scripts are too."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("extensions", EXTENSIONS)
        kwargs.setdefault("sanitize", storable)
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        if value:
            value = storable(value)
            # Not setattr: a translated field's descriptor would copy a text that is only
            # shown as a fallback into the active language.
            model_instance.__dict__[self.attname] = value
        return value
