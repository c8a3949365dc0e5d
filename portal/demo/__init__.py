"""Demo content and its loader."""

from portal.demo import loader
from portal.demo.batch import SIZES
from portal.demo.dates import Calendar
from portal.demo.files import make_file
from portal.demo.loader import (
    CONTENT,
    NOTES,
    TYPES,
    Loader,
    as_of,
    load_pictures,
    picture_content,
    read,
    save_picture,
    translated_fields,
)
from portal.demo.scale import remove, scale

__all__ = [
    "as_of",
    "Calendar",
    "picture_content",
    "load_pictures",
    "Loader",
    "loader",
    "make_file",
    "NOTES",
    "save_picture",
    "CONTENT",
    "read",
    "remove",
    "scale",
    "SIZES",
    "translated_fields",
    "TYPES",
]
