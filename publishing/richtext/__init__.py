from publishing.richtext import fields, links
from publishing.richtext.fields import RichTextField, sanitize, storable
from publishing.richtext.links import find_page, render_links_for_editing

__all__ = [
    "render_links_for_editing",
    "fields",
    "links",
    "find_page",
    "RichTextField",
    "sanitize",
    "storable",
]
