"""Field paths of an item that comments can refer to, as named in its form.

"title_fr" is a field, "key_dates/12/at" a field of a row, "key_dates/12" a row, "" the item.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from publishing.revisions import changes, snapshots

ROW = re.compile(r"(?P<rows>\w+)/(?P<key>-?\d{1,19})(?:/(?P<column>\w+))?", re.ASCII)


def parse_field_path(model, text, snapshot=None):
    """Return the path in `snapshots.diff` form; None for the whole item.

    Raises ValidationError if the model has no such field or relation, or the snapshot no such
    row.
    """
    path = _parse(model, text) if text else None
    if path and path[0] == "rows" and row_number(path, snapshot) is None:
        raise _unknown_path_error()
    return path


def _parse(model, text):
    if match := ROW.fullmatch(text):
        return _parse_row(model, **match.groupdict())
    links = snapshots.link_fields(model)
    if text in {field.name for field in links}:
        return "links", text
    return "fields", _column(snapshots.content_fields(model), text)


def _parse_row(model, rows, key, column):
    if rows not in model.rows:
        raise _unknown_path_error()
    if column is None:
        return "rows", rows, int(key)
    fields = snapshots.row_fields(model._meta.get_field(rows))
    return "rows", rows, int(key), _column(fields, column)


def _column(fields, name):
    found = next((field for field in fields if field.name == name), None)
    if found is None:
        raise _unknown_path_error()
    return found.attname


def _unknown_path_error():
    return ValidationError(_("This part of the item no longer exists."), code="no_place")


def row_number(path, snapshot):
    """Return the index of the path's row in the snapshot, or None if it is missing."""
    keys = [row["pk"] for row in (snapshot or {"rows": {}})["rows"].get(path[1], [])]
    return keys.index(path[2]) if path[2] in keys else None


def path_label(model, text, snapshot=None):
    """Return the label of a field path: "Title (English)", "Key date 2 – when"."""
    try:
        path = _parse(model, text) if text else None
    except ValidationError as gone:
        return gone.messages[0]
    if path is None:
        return capfirst(_("the whole item"))
    label = changes.path_label(model, path)
    number = row_number(path, snapshot) if path[0] == "rows" else None
    return label if number is None else f"{label} ({number + 1})"


def control_id(model, text, snapshot=None):
    """Return the id of the control in the item's form, or "" if there is none."""
    try:
        path = parse_field_path(model, text, snapshot)
    except ValidationError:
        return ""
    if path is None or path[0] != "rows":
        return f"id_{text}" if text else ""
    column = text.split("/")[2] if len(path) == 4 else "id"
    return f"id_{path[1]}-{row_number(path, snapshot)}-{column}"


def commentable_fields(model, snapshot):
    """Return (field path, label) of everything that can be commented on, in form order."""
    fields = [*snapshots.content_fields(model), *snapshots.link_fields(model)]
    names = ["", *(field.name for field in fields)]
    for accessor, rows in snapshot["rows"].items():
        names += [f"{accessor}/{row['pk']}" for row in rows]
    return [(name, path_label(model, name, snapshot)) for name in names]
