"""Snapshots of an item as a form has it, valid or still being typed."""

from django.core.exceptions import NON_FIELD_ERRORS

from backoffice.editing.form_errors import error_texts, formset_error_texts, rows_in_use
from publishing.revisions import snapshots


def submitted_snapshot(form, formsets):
    """Return the snapshot of an item as a valid form and its formsets have it."""
    snapshot = snapshot_of_fields(form)
    for formset in formsets:
        formset.save(commit=False)  # sets the lists of changed objects, for the log
        relation = formset.fk.remote_field
        if relation.name in snapshot["rows"]:
            snapshot["rows"][relation.name] = [
                snapshots.dump_row(row, relation) for row in formset.submitted_rows()
            ]
    return snapshot


def snapshot_of_fields(form):
    """Return the snapshot of a form's item with the links that were chosen in it."""
    snapshot = snapshots.dump(form.instance)
    for name in snapshot["links"].keys() & form.cleaned_data.keys():
        snapshot["links"][name] = sorted(related.pk for related in form.cleaned_data[name])
    return snapshot


def partial_snapshot(form, formsets):
    """Return (snapshot, problems) of a submitted form that need not be valid. Save nothing.

    Fields and rows with errors stay as they were, new rows with errors are left out; the
    problems are texts that name these and the reason.
    """
    before = snapshots.dump(form.instance)
    form.is_valid()
    snapshot = snapshot_of_fields(form)
    for name in form.errors.keys() - {NON_FIELD_ERRORS}:
        column = form.instance._meta.get_field(name).attname if name in form.fields else None
        if column in before["fields"]:
            snapshot["fields"][column] = before["fields"][column]
    problems = error_texts(form)
    for formset in formsets:
        name = formset.fk.remote_field.name
        if name in snapshot["rows"] and formset.management_form.is_valid():
            snapshot["rows"][name] = valid_rows(formset, before["rows"][name])
            problems += formset_error_texts(formset)
    return snapshot, problems


def valid_rows(formset, before):
    """Return the rows of a snapshot, in the order asked for."""
    formset.is_valid()
    known = {row["pk"]: row for row in before}
    rows = []
    for form in rows_in_use(formset):
        row = known.get(form.instance.pk) if form.errors else row_snapshot(formset, form)
        if row:
            rows.append((getattr(form.instance, "position", 0), row))
    return [row for _position, row in sorted(rows, key=lambda pair: pair[0])]


def row_snapshot(formset, form):
    return snapshots.dump_row(form.instance, formset.fk.remote_field)


def missing_required_fields(model, snapshot):
    """Return the names of the fields without a value that a page of the type needs."""
    fields = snapshots.content_fields(model)
    return [
        str(field.verbose_name)
        for field in fields
        if not field.null and snapshot["fields"][field.attname] is None
    ]
