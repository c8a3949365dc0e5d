"""What a form holds as it is being typed: its valid parts, over the version it started from."""

from django.core.exceptions import NON_FIELD_ERRORS

from publishing import formats, snapshots


def typed_snapshot(form, formsets):
    """(snapshot, left out) of a submitted form that need not be valid. Saves nothing.

    Fields and rows with errors stay as they were, new rows with errors are left out; "left
    out" is a list of texts that say which and why.
    """
    before = snapshots.dump(form.instance)
    form.is_valid()
    snapshot = snapshots.dump(form.instance)
    for name in form.errors.keys() - {NON_FIELD_ERRORS}:
        column = form.instance._meta.get_field(name).attname if name in form.fields else None
        if column in before["fields"]:
            snapshot["fields"][column] = before["fields"][column]
    for name in snapshot["links"].keys() & form.cleaned_data.keys():
        snapshot["links"][name] = sorted(related.pk for related in form.cleaned_data[name])
    left_out = described(form)
    for formset in formsets:
        name = formset.fk.remote_field.name
        if name in snapshot["rows"] and formset.management_form.is_valid():
            snapshot["rows"][name] = typed_rows(formset, before["rows"][name])
            left_out += described_rows(formset)
    return snapshot, left_out


def typed_rows(formset, before):
    """The rows of a snapshot, in the order asked for."""
    formset.is_valid()
    known = {row["pk"]: row for row in before}
    rows = []
    for form in rows_in_use(formset):
        row = known.get(form.instance.pk) if form.errors else as_row(formset, form)
        if row:
            rows.append((getattr(form.instance, "position", 0), row))
    return [row for _position, row in sorted(rows, key=lambda pair: pair[0])]


def as_row(formset, form):
    return snapshots.dump_row(form.instance, formset.fk.remote_field)


def rows_in_use(formset):
    """The forms of rows that are there already or in which something was typed."""
    forms = formset.initial_forms + [f for f in formset.extra_forms if f.has_changed()]
    return [f for f in forms if not (formset.can_delete and formset._should_delete_form(f))]


def lacking(model, snapshot):
    """Names of the columns without a value that no page of the type can do without."""
    fields = snapshots.content_fields(model)
    return [
        str(field.verbose_name)
        for field in fields
        if not field.null and snapshot["fields"][field.attname] is None
    ]


def described(form, row=""):
    """The errors of a form as texts, each with the name of its row, if any, and its field."""
    return [
        formats.named(", ".join(filter(None, [row, label_of(form, name)])), " ".join(errors))
        for name, errors in form.errors.items()
    ]


def label_of(form, name):
    field = form.fields.get(name)
    if field is None:
        return ""
    language = getattr(field, "language_name", "")
    return f"{field.label} · {language}" if language else str(field.label)


def described_rows(formset):
    name = formset.model._meta.verbose_name
    texts = [str(error) for error in formset.non_form_errors()]
    for number, form in enumerate(rows_in_use(formset), start=1):
        texts += described(form, row=f"{name} {number}")
    return texts
