"""Public change history of a call, described as text."""

from dataclasses import dataclass
from itertools import pairwise

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import get_language
from modeltranslation.utils import resolution_order

from localisation.languages import localized
from media.models import Document
from publishing.models import Publishable, Revision
from publishing.revisions import Change, changes, snapshots

#: Maximum number of published versions that are compared, the newest first.
MAX_VERSIONS = 50
#: Fields, links and rows whose former values are public. A test requires each new one to be in
#: PUBLIC, PERSONAL or PRIVATE.
PUBLIC = {
    "title",
    "summary",
    "body",
    "aim",
    "eligibility",
    "topics",
    "initiative",
    "reference",
    "kind",
    "budget",
    "budget_currency",
    "budget_is_approximate",
    "submission_url",
    "website",
    "documents",
    "key_dates",
    "offers",
    "consortium_rules",
    "questions",
    "statistics",
}
#: Personal data: a change is listed, but not its values.
PERSONAL = {"contacts"}
PRIVATE = {"slug", "lead_image", "owner", "review_on", "seo_title", "seo_description"}
#: Number of characters above which only the changed paragraphs of a text are shown.
MAX_FULL_LENGTH = 300


@dataclass(frozen=True)
class Entry:
    """Changes of one published version; `revision` has the time and the reason."""

    revision: Revision
    changes: list[Change]


def change_history_of(call):
    """Return the public changes of a call as list of Entry, newest version first.

    Undone versions are left out. The number of queries is constant.
    """
    versions = list(Revision.objects.citable(call).defer(None)[:MAX_VERSIONS])
    model = type(call)
    names = _names(model, [version.data for version in versions])
    entries = (
        Entry(new, _public_changes(model, old.data, new.data, names))
        for new, old in pairwise(versions)
    )
    return [entry for entry in entries if entry.changes]


def _names(model, sides):
    """Return {(model, key): name} of related objects; unpublished or deleted ones get ""."""
    references = [
        reference
        for side in sides
        for reference in snapshots.references(model, side)
        if _name(model, reference[0]) in PUBLIC
    ]
    unnamed = {(related, key): "" for _path, related, key in references}
    return unnamed | changes.names_of_related(references, _is_public)


def _is_public(item):
    if isinstance(item, Publishable):
        return item.is_published
    return item.is_available if isinstance(item, Document) else True


def _public_changes(model, old, new, names):
    sides = _with_shared_columns(old, new)
    old, new = (_restricted(model, side, PUBLIC) for side in sides)
    read = _in_one_language(model, old, new), _in_one_language(model, new, old)
    described = changes.describe(model, *read, names)
    changed = [_shortened(change) for change in described if change.old != change.new]
    return changed + _changed_persons(
        model, [_restricted(model, side, PERSONAL) for side in sides]
    )


def _changed_persons(model, sides):
    """Return the changes of personal data, without values."""
    rows = {path[1] for path, *_values in snapshots.diff(*sides)}
    paths = [("rows", name, None) for name in sorted(rows)]
    return [Change(path, changes.path_label(model, path), "", "") for path in paths]


def _restricted(model, side, allowed):
    """Return a snapshot reduced to the fields, links and rows in `allowed`."""
    return {
        part: {
            name: v for name, v in side[part].items() if _name(model, (part, name)) in allowed
        }
        for part in ("fields", "links", "rows")
    }


def _name(model, path):
    """Return the untranslated name of the field in a field path, or "" if it was removed."""
    try:
        field = model._meta.get_field(path[1])
    except FieldDoesNotExist:
        return ""
    return getattr(field, "translated_field", field).name


def _with_shared_columns(old, new):
    """Return both snapshots without the columns that only one of them has.

    Such a column was added or removed by a migration, not by an edit of the call.
    """
    columns = {name: _columns(old, new, name) for name in {**old["rows"], **new["rows"]}}
    return [
        {
            "fields": _select(side["fields"], old["fields"].keys() & new["fields"].keys()),
            "links": _select(side["links"], old["links"].keys() & new["links"].keys()),
            "rows": {
                name: [{**row, "fields": _select(row["fields"], columns[name])} for row in rows]
                for name, rows in side["rows"].items()
            },
        }
        for side in (old, new)
    ]


def _columns(old, new, name):
    """Return the columns that all rows `name` of both snapshots have."""
    rows = [*old["rows"].get(name, []), *new["rows"].get(name, [])]
    return set.intersection(*(set(row["fields"]) for row in rows)) if rows else set()


def _select(values, names):
    return {name: value for name, value in values.items() if name in names}


def _in_one_language(model, side, other):
    """Return a snapshot whose added or removed rows have texts in one language only.

    These rows are described as a whole, so readers would see each text in every language.
    """
    rows = {}
    for name, own in side["rows"].items():
        related = model._meta.get_field(name).related_model
        known = {row["pk"] for row in other["rows"].get(name, [])}
        rows[name] = [
            row if row["pk"] in known else {**row, "fields": _displayed_columns(related, row)}
            for row in own
        ]
    return {**side, "rows": rows}


def _displayed_columns(model, row):
    """Return the columns of a row without the translations that readers aren't shown."""
    columns = snapshots.content_fields(model)
    texts = [field for field in columns if hasattr(field, "translated_field")]
    order = resolution_order(get_language() or settings.LANGUAGE_CODE)
    shown = {
        next(filter(row["fields"].get, (localized(name, code) for code in order)), "")
        for name in {field.translated_field.name for field in texts}
    }
    hidden = {field.attname for field in texts} - shown
    return _select(row["fields"], row["fields"].keys() - hidden)


def _shortened(change):
    """Return a change whose long texts are reduced to the paragraphs that differ."""
    if max(len(change.old), len(change.new)) <= MAX_FULL_LENGTH:
        return change
    old, new = change.old.splitlines(), change.new.splitlines()
    return Change(
        change.path,
        change.label,
        _lines_only_in(old, new),
        _lines_only_in(new, old),
        change.row,
    )


def _lines_only_in(lines, others):
    return "\n".join(line for line in lines if line not in others)
