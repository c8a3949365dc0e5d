"""Differences between two snapshots, in words: what an editor or a reader is shown."""

import difflib
import re
from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from publishing import snapshots
from publishing.richtext import RichTextField


@dataclass(frozen=True)
class Change:
    """One difference. `place` is as in `snapshots.diff`; the values are texts, "" for none."""

    place: tuple
    label: str
    old: str
    new: str
    #: Old and new text as one, with <del> and <ins> around what differs. Safe HTML.
    marked: str


def describe(model, old, new):
    """The differences between two snapshots of a model, as list of Change."""
    changes = snapshots.diff(old, new)
    names = _names_of_related(model, {place for place, *_sides in changes}, old, new)
    return [_change(model, change, names) for change in changes]


def _change(model, change, names):
    place, before, after = change
    if place[0] == "rows":
        return _row_change(model, place, before, after, names)
    field = _field(model, place[1])
    texts = [_text(field, value, names) for value in (before, after)]
    return Change(place, _label(field), *texts, marked_up(*texts))


def _row_change(model, place, before, after, names):
    relation = model._meta.get_field(place[1])
    label = place_label(model, place)
    if place[2] is None:
        text = _("put in another order")
        return Change(place, label, "", text, text)
    if len(place) == 3:
        texts = [_row_text(relation, row, names) for row in (before, after)]
        return Change(place, label, *texts, marked_up(*texts))
    field = _field(relation.related_model, place[3])
    texts = [_text(field, value, names) for value in (before, after)]
    return Change(place, label, *texts, marked_up(*texts))


def place_label(model, place):
    """What a place (see `snapshots.diff`) is called: "Title (en)", "Key date – when"."""
    if place[0] != "rows":
        return _label(_field(model, place[1]))
    related = model._meta.get_field(place[1]).related_model
    if place[2] is None:
        return capfirst(related._meta.verbose_name_plural)
    name = capfirst(related._meta.verbose_name)
    return name if len(place) == 3 else f"{name} – {_label(_field(related, place[3]))}"


def _field(model, column):
    fields = [*snapshots.content_fields(model), *snapshots.link_fields(model)]
    return next(f for f in fields if column in (f.name, getattr(f, "attname", None)))


def _label(field):
    original = getattr(field, "translated_field", None)
    if original is None:
        return capfirst(field.verbose_name)
    return f"{capfirst(original.verbose_name)} ({field.language})"


def _row_text(relation, fields, names):
    """A whole row on one line: its values, without the empty ones."""
    if fields is None:
        return ""
    texts = (
        _text(field, fields.get(field.attname), names)
        for field in snapshots.row_fields(relation)
        if field.name != "position"
    )
    return ", ".join(text for text in texts if text)


def _text(field, value, names):
    if value in (None, "", []):
        return ""
    if isinstance(value, list):
        return ", ".join(
            sorted(names.get((field.related_model, key), str(key)) for key in value)
        )
    if field.is_relation:
        return names.get((field.related_model, value), str(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return _formatted(field, value)


def _formatted(field, value):
    if isinstance(field, RichTextField):
        return plain_text(value)
    if isinstance(field, models.DateTimeField):
        return date_format(localtime(parse_datetime(value)), "DATETIME_FORMAT")
    if isinstance(field, models.DateField):
        return date_format(parse_date(value))
    if isinstance(field, models.DecimalField):
        return number_format(Decimal(value).normalize(), use_l10n=True, force_grouping=True)
    return str(value)


def plain_text(html):
    """The words of rich text, a line for each paragraph or list item."""
    broken = re.sub(r"</(p|h\d|li|tr|blockquote)>|<br ?/?>", "\n", html)
    return strip_tags(broken).strip()


def _names_of_related(model, places, *sides):
    """(model, key) -> name of what the changed places refer to; one query a model."""
    wanted = {}
    for side in sides:
        for place, related, key in snapshots.references(model, side):
            if place in places or place[:3] in places:
                wanted.setdefault(related, set()).add(key)
    return {
        (related, item.pk): str(item)
        for related, keys in wanted.items()
        for item in related._base_manager.filter(pk__in=keys)
    }


def marked_up(old, new):
    """Two texts as one, word by word: what went in <del>, what came in <ins>. Safe HTML."""
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
