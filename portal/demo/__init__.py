"""Demo content and its loader."""

from portal.demo import loader
from portal.demo.batch import BATCH_SIZES
from portal.demo.dates import DateParser
from portal.demo.files import make_file
from portal.demo.loader import (
    CONTENT,
    META_KEYS,
    MODELS_BY_FOLDER,
    Loader,
    entry_at_version,
    image_content,
    load_images,
    read_entries,
    save_image,
    translated_fields,
)
from portal.demo.scale import create_scaled_items, remove_scaled_items

__all__ = [
    "BATCH_SIZES",
    "CONTENT",
    "create_scaled_items",
    "DateParser",
    "entry_at_version",
    "load_images",
    "Loader",
    "loader",
    "make_file",
    "META_KEYS",
    "MODELS_BY_FOLDER",
    "image_content",
    "read_entries",
    "remove_scaled_items",
    "save_image",
    "translated_fields",
]
