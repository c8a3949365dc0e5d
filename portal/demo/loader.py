"""Loader of the demo content from the data files in `content`.

A folder contains the items of one type, in files by theme. A table of a file is one item, named
by its slug; its keys are the names of the model's fields:

- `title.fr` is a text in French; a translated field without a language is the same in all;
- a list of tables makes rows (`[[slug.key_dates]]`), a list of slugs many-to-many links;
- dates may be relative to the day of loading, see `dates`;
- `draft = true` leaves the item unpublished; `written` is the date of its last edit;
- `changes.2` makes the item's second public version: `at` is its time, `note` its change note.
  `before.2` of the item and its rows contains the values they had until then; a row added in
  that version has `since = 2`.
"""

import tomllib
from decimal import Decimal
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import models
from modeltranslation.translator import NotRegistered, translator

from calls.models import Call, Project
from initiatives.models import Initiative, Organisation, Region
from localisation.languages import localized, portal_languages
from media.models import Document, Image, Licence
from news.models import Article, Event
from pages.models import Page
from portal.demo.files import make_file
from publishing.models import Publishable, Revision, Row, Topic
from publishing.workflow import publish
from syndication.models import PublicChange

CONTENT = Path(__file__).parent / "content"
#: Models by folder, ordered so that items only refer to items of models above.
MODELS_BY_FOLDER = {
    "regions": Region,
    "topics": Topic,
    "documents": Document,
    "pages": Page,
    "organisations": Organisation,
    "initiatives": Initiative,
    "calls": Call,
    "projects": Project,
    "news": Article,
    "events": Event,
}
#: Fields by which the content names the items of a model, if not by slug.
KEY_FIELDS = {Image: "name", Region: "code"}
#: Keys of an entry that are not fields.
META_KEYS = {"draft", "written", "changes", "before", "since"}
ZONE = "Europe/Brussels"
CREDIT = {
    "en": "Illustration made for this portal",
    "fr": "Illustration réalisée pour ce portail",
    "nl": "Illustratie gemaakt voor dit portaal",
}


def read_entries(folder):
    """Return the entries of a type by name, each a dict of keys and values."""
    entries = {}
    for path in sorted((CONTENT / folder).glob("*.toml")):
        entries |= tomllib.loads(path.read_text(), parse_float=Decimal)
    return entries


def load_images():
    """Load the pictures that are not in the database yet; return how many."""
    known = set(Image.objects.values_list("name", flat=True))
    missing = {name: e for name, e in read_entries("pictures").items() if name not in known}
    for name, entry in missing.items():
        save_image(name, entry["alt_text"])
    return len(missing)


def save_image(name, alt_text):
    """Save a picture with its alternative texts (language code -> text)."""
    image = Image(name=name, licence=Licence.CC0)
    for code, text in alt_text.items():
        setattr(image, localized("alt_text", code), text)
        setattr(image, localized("credit", code), CREDIT[code])
    image.file = ContentFile(image_content(name), name=f"{name}.avif")
    image.full_clean()
    image.save()


def image_content(name):
    """Return the bytes of a picture's file."""
    return (CONTENT / "pictures" / f"{name}.avif").read_bytes()


class Loader:
    """Loader of items with their rows and links, dated by a `DateParser`."""

    def __init__(self, calendar):
        self.calendar = calendar

    def load(self, model, entries):
        """Create the entries that are not in the database yet, and return their number.

        Existing items are left unchanged, because staff may have edited them.
        """
        name = KEY_FIELDS.get(model, "slug")
        known = set(model._base_manager.values_list(name, flat=True))
        entries = {key: e for key, e in entries.items() if key not in known and is_readable(e)}
        created = [
            (self.save_item(model(**{name: key}), entry_at_version(1, entry)), entry)
            for key, entry in entries.items()
        ]
        complete = [
            (item, entry, self.add_rows_and_links(item, entry)) for item, entry in created
        ]
        for item, entry, rows in complete:
            self.publish_versions(item, entry, rows)
        return len(created)

    def save_item(self, item, entry):
        """Set the item's own fields, and save it."""
        zone = self.set_zone(item, entry)
        for name in entry.keys() - META_KEYS:
            field = item._meta.get_field(name)
            if not (field.one_to_many or field.many_to_many):
                self.set_field(item, field, entry[name], zone)
        item.save()
        return item

    def set_zone(self, item, entry):
        zone = entry.get("timezone", ZONE)
        if any(field.name == "timezone" for field in item._meta.fields):
            item.timezone = zone
        return zone

    def set_field(self, item, field, value, zone):
        if field.name in translated_fields(type(item)):
            texts = (
                value if isinstance(value, dict) else dict.fromkeys(portal_languages(), value)
            )
            for code, text in texts.items():
                setattr(item, localized(field.name, code), text)
        else:
            setattr(item, field.name, self.convert(item, field, value, zone))

    def convert(self, item, field, value, zone):
        """Convert a value of the content to the type of the model field."""
        if isinstance(field, models.ForeignKey):
            return find_item(field.related_model, value)
        if isinstance(field, models.DateTimeField):
            return self.calendar.instant(value, zone)
        if isinstance(field, models.DateField):
            return self.calendar.day(value)
        if isinstance(field, models.FileField):
            return ContentFile(make_file(**value), name=value["name"])
        return value

    def add_rows_and_links(self, item, entry):
        """Save rows and links as of the first version, and return all (row, entry) pairs."""
        rows = []
        for name in entry.keys() - META_KEYS:
            field = item._meta.get_field(name)
            if field.one_to_many:
                rows += self.new_rows(item, field, entry[name])
            elif field.many_to_many:
                names = {f"{KEY_FIELDS.get(field.related_model, 'slug')}__in": entry[name]}
                getattr(item, name).set(field.related_model._base_manager.filter(**names))
        self.save_version(1, rows)
        return rows

    def new_rows(self, item, relation, entries):
        for position, entry in enumerate(entries):
            row = relation.related_model(**{relation.field.name: item})
            if isinstance(row, Row):
                row.position = position
            if refers_to_existing(row, entry):
                yield row, entry

    def save_version(self, number, objects):
        """Save the objects of (object, entry) pairs that are new or changed in a version."""
        for target, entry in objects:
            if entry.get("since", 1) == number or str(number) in entry.get("before", {}):
                self.save_item(target, entry_at_version(number, entry)).full_clean()

    def publish_versions(self, item, entry, rows):
        """Publish the item version by version, and backdate it to when each was written."""
        changes = entry.get("changes", {})
        if isinstance(item, Publishable) and not entry.get("draft"):
            publish(item=item)
            for number, change in changes.items():
                self.save_version(int(number), [(item, entry), *rows])
                publish(item=item, change_note=change["note"])
        if written := entry.get("written") or entry.get("published_on"):
            self.backdate(item, [written, *(change["at"] for change in changes.values())])

    def backdate(self, item, versions):
        """Backdate the item and its versions to these times, oldest first."""
        times = [self.calendar.instant(at, ZONE, clock="12:00") for at in versions]
        first, last = times[0], times[-1]
        timestamps = {"created_at": first, "first_published_at": first}
        timestamps |= {"updated_at": last, "last_published_at": last}
        names = {field.name for field in item._meta.fields}
        dated = {
            name: at for name, at in timestamps.items() if name in names and getattr(item, name)
        }
        type(item)._base_manager.filter(pk=item.pk).update(**dated)
        kind = ContentType.objects.get_for_model(item)
        for number, at in reversed([*enumerate(times, start=1)]):
            until = {"content_type": kind, "object_id": item.pk, "number__lte": number}
            Revision._base_manager.filter(**until).update(created_at=at)
            PublicChange._base_manager.filter(**until).update(changed_at=at)


def entry_at_version(number, entry):
    """Return the entry as of this version."""
    before = entry.get("before", {})
    for later in sorted(before, key=int, reverse=True):
        if int(later) > number:
            entry = entry | before[later]
    return entry


def find_item(model, name):
    """Return the item that this name in the content refers to, or None."""
    return model._base_manager.filter(**{KEY_FIELDS.get(model, "slug"): name}).first()


def translated_fields(model):
    try:
        return translator.get_options_for_model(model).all_fields
    except NotRegistered:
        return {}


def is_readable(entry):
    """Return whether the entry has a title or name in one of the portal's languages."""
    texts = entry.get("title") or entry.get("name")
    return not isinstance(texts, dict) or any(code in texts for code in portal_languages())


def refers_to_existing(row, entry):
    """Return whether everything that a row refers to exists.

    A portal without French, for example, omits items that are only in French.
    """
    fields = [row._meta.get_field(name) for name in entry.keys() - META_KEYS]
    keys = [field for field in fields if isinstance(field, models.ForeignKey)]
    return all(find_item(field.related_model, entry[field.name]) for field in keys)
