"""Errors of a form as texts that name their fields and rows."""

from localisation import formats


def error_texts(form, row=""):
    """Return the errors of a form as texts, each with the name of its row and its field."""
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


def formset_error_texts(formset):
    name = formset.model._meta.verbose_name
    texts = [str(error) for error in formset.non_form_errors()]
    for number, form in enumerate(rows_in_use(formset), start=1):
        texts += error_texts(form, row=f"{name} {number}")
    return texts


def rows_in_use(formset):
    """Return the forms of rows that exist already or in which something was typed."""
    forms = formset.initial_forms + [f for f in formset.extra_forms if f.has_changed()]
    return [f for f in forms if not (formset.can_delete and formset._should_delete_form(f))]
