"""Errors of a form that clashes with what somebody else has saved meanwhile."""

from django.utils.translation import gettext as _

from localisation import formats
from publishing.revisions import changes, snapshots


def conflict_errors(model, conflict):
    """Return errors by field that quote what each clashing field reads now."""
    errors = {}
    described = changes.describe(model, conflict.merged, conflict.theirs)
    conflicting = [change for change in described if change.path in conflict.paths]
    for change in conflicting:
        name = form_field(model, change.path)
        text = _("Someone else has changed this in the meantime. It now reads: “%(text)s”.")
        text = text % {"text": change.new or _("empty")}
        errors.setdefault(name, []).append(text if name else formats.named(change.label, text))
    hint = _("Copy what you need, then save again: your version will replace theirs.")
    errors.setdefault(None, []).insert(0, f"{conflict} {hint}")
    return errors


def form_field(model, path):
    """Return the name of the form's field for a path; None for rows."""
    if path[0] != "fields":
        return path[1] if path[0] == "links" else None
    fields = snapshots.content_fields(model)
    return next((field.name for field in fields if field.attname == path[1]), None)
