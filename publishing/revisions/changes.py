"""Readable differences between two snapshots, for editors and readers."""

import difflib
import re
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from localisation import formats
from localisation.fields import AmountField, CurrencyField, TimeZoneField
from publishing.revisions import snapshots
from publishing.richtext import RichTextField


@dataclass(frozen=True)
class Change:
    """One difference between two snapshots.

    `path` is a path from `snapshots.diff`; the values are text, "" for none.
    """

    path: tuple
    label: str
    old: str
    new: str
    #: Name of the changed row, such as "Opening" of a key date or the name of a funder.
    row: str = ""

    @property
    def diff_html(self):
        """Both texts as safe HTML, with <del> and <ins> around the differences."""
        is_order = self.path[0] == "rows" and self.path[2] is None
        return self.new if is_order else diff_html(self.old, self.new)


def describe(model, old, new, names=None):
    """Return the differences between two snapshots of a model as a list of Change.

    `names` are the names of related objects from `names_of_related`; by default all are looked
    up.
    """
    changes = snapshots.diff(old, new)
    if names is None:
        names = _names_of_changed(model, {path for path, *_sides in changes}, old, new)
    return [_change(model, change, names, (old, new)) for change in changes]


def _change(model, change, names, sides):
    path, before, after = change
    if path[0] == "rows":
        return _row_change(model, path, (before, after), names, sides)
    field = _field(model, path[1])
    texts = [
        _text(field, value, names, side["fields"])
        for value, side in zip((before, after), sides, strict=True)
    ]
    return Change(path, _label(field), *texts)


def _row_change(model, path, values, names, sides):
    relation = model._meta.get_field(path[1])
    label = path_label(model, path)
    if path[2] is None:
        return Change(path, label, "", _("order changed"))
    if len(path) == 3:
        texts = [_row_text(relation, row, names) for row in values]
        return Change(path, label, *texts)
    field = _field(relation.related_model, path[3])
    rows = [_row_fields(side, path) for side in sides]
    texts = [_text(field, value, names, row) for value, row in zip(values, rows, strict=True)]
    return Change(path, label, *texts, _row_name(relation, rows[1], names))


def _row_fields(side, path):
    return next(row["fields"] for row in side["rows"][path[1]] if row["pk"] == path[2])


def _row_name(relation, row, names):
    """Return the first text of a row, other than its position."""
    texts = (
        _text(field, row.get(field.attname), names, row)
        for field in snapshots.row_fields(relation)
        if field.name != "position"
    )
    return next(filter(None, texts), "")


def path_label(model, path):
    """Return the label of a `snapshots.diff` path: "Title (English)", "Key date – when"."""
    if path[0] != "rows":
        return _label(_field(model, path[1]))
    related = model._meta.get_field(path[1]).related_model
    if path[2] is None:
        return capfirst(related._meta.verbose_name_plural)
    name = capfirst(related._meta.verbose_name)
    return name if len(path) == 3 else f"{name} – {_label(_field(related, path[3]))}"


def _field(model, column):
    fields = [*snapshots.content_fields(model), *snapshots.link_fields(model)]
    return next(f for f in fields if column in (f.name, getattr(f, "attname", None)))


def _label(field):
    original = getattr(field, "translated_field", None)
    if original is None:
        return capfirst(field.verbose_name)
    language = dict(settings.LANGUAGES).get(field.language, field.language)
    return f"{capfirst(original.verbose_name)} ({language})"


def _row_text(relation, fields, names):
    """Return the non-empty values of a row on one line."""
    if fields is None:
        return ""
    texts = (
        _text(field, fields.get(field.attname), names, fields)
        for field in snapshots.row_fields(relation)
        if _is_clear_alone(field)
    )
    return ", ".join(text for text in texts if text)


def _is_clear_alone(field):
    """Return whether a value is clear without a label and not part of an amount or instant."""
    unclear = (models.BooleanField, CurrencyField, TimeZoneField)
    return field.name != "position" and not isinstance(field, unclear)


def _text(field, value, names, siblings):
    """Return a value as readable text; `siblings` are the columns of the same object."""
    if value in (None, "", []):
        return ""
    if hasattr(field, "text_of"):
        return field.text_of(value)
    if isinstance(value, list):
        found = (names.get((field.related_model, key), str(key)) for key in value)
        return ", ".join(sorted(filter(None, found)))
    if field.is_relation:
        return names.get((field.related_model, value), str(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return _formatted(field, value, siblings)


def _formatted(field, value, siblings):
    if isinstance(field, RichTextField):
        return plain_text(value)
    if isinstance(field, AmountField):
        return formats.money(Decimal(value), _currency(field, siblings))
    if isinstance(field, models.DateTimeField):
        return _instant(parse_datetime(value), siblings)
    if isinstance(field, models.DateField):
        return date_format(parse_date(value))
    if isinstance(field, models.DecimalField):
        return number_format(Decimal(value).normalize(), use_l10n=True, force_grouping=True)
    return str(value)


def _currency(field, siblings):
    """Return the currency of an amount: its own field, or the one shared by its siblings."""
    own = siblings.get(f"{field.name}_currency")
    return own or next(v for name, v in siblings.items() if name.endswith("currency"))


def _instant(instant, siblings):
    """Format an instant in its announced zone and precision, if the siblings have them."""
    zone = siblings.get("timezone")
    if not zone:
        return date_format(localtime(instant), "DATETIME_FORMAT")
    return formats.instant(instant, zone, siblings.get("precision", "minute"))


def plain_text(html):
    """Strip rich text to plain text, one line for each paragraph or list item."""
    broken = re.sub(r"</(p|h\d|li|tr|blockquote)>|<br ?/?>", "\n", html)
    return strip_tags(broken).strip()


def _names_of_changed(model, paths, *sides):
    """Return `names_of_related` for the references at the changed paths."""
    return names_of_related(
        reference
        for side in sides
        for reference in snapshots.references(model, side)
        if reference[0] in paths or reference[0][:3] in paths
    )


def names_of_related(references, is_named=lambda item: True):
    """Return {(model, pk): name} of references; one query per model.

    `references` are from `snapshots.references`. The name is empty where `is_named(item)` is
    false.
    """
    wanted = {}
    for _path, related, key in references:
        wanted.setdefault(related, set()).add(key)
    return {
        (related, item.pk): str(item) if is_named(item) else ""
        for related, keys in wanted.items()
        for item in related._base_manager.filter(pk__in=keys)
    }


def diff_html(old, new):
    """Return a word-by-word diff of two texts as safe HTML with <del> and <ins>."""
    before, after = _words(old), _words(new)
    steps = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    parts = []
    for step, i1, i2, j1, j2 in steps:
        if step == "equal":
            parts.append(format_html("{}", "".join(before[i1:i2])))
            continue
        if i2 > i1:
            parts.append(format_html("<del>{}</del>", "".join(before[i1:i2])))
        if j2 > j1:
            parts.append(format_html("<ins>{}</ins>", "".join(after[j1:j2])))
    return format_html_join("", "{}", ((part,) for part in parts))


def _words(text):
    return re.findall(r"\s+|[^\s]+", text)
