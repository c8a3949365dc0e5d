from publishing.richtext import fields, links
from publishing.richtext.fields import RichTextField, sanitize, storable
from publishing.richtext.links import as_edited, page_at

__all__ = [
    "as_edited",
    "fields",
    "links",
    "page_at",
    "RichTextField",
    "sanitize",
    "storable",
]
