"""The demo content and what loads it."""

from portal.demo import loader
from portal.demo.dates import Calendar
from portal.demo.files import make_file
from portal.demo.loader import (
    NOTES,
    TYPES,
    Loader,
    as_of,
    load_pictures,
    read,
    translated_fields,
)
from portal.demo.pictures import PICTURES, draw_picture
from portal.demo.scale import SIZES, remove, scale

__all__ = [
    "as_of",
    "Calendar",
    "draw_picture",
    "load_pictures",
    "Loader",
    "loader",
    "make_file",
    "NOTES",
    "PICTURES",
    "read",
    "remove",
    "scale",
    "SIZES",
    "translated_fields",
    "TYPES",
]
