"""Codes out of long lists, which a page has once for all of its controls."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from backoffice.widgets import DatalistSelect, control
from localisation import fields

#: Fields with so many choices that a page lists them once.
DATALIST_FIELDS = (
    fields.CountryField,
    fields.CurrencyField,
    fields.LanguageField,
    fields.TimeZoneField,
)


class DatalistField(forms.CharField):
    """Code out of a long list. `options` returns the pairs of code and name.

    Unlike a ChoiceField, it isn't copied with all its choices for every row of a form.
    """

    default_error_messages = {"invalid_choice": _("Choose an option from the list.")}

    def __init__(self, *, options, **kwargs):
        super().__init__(**kwargs)
        self.options = options

    def validate(self, value):
        super().validate(value)
        if value and value not in dict(self.options()):
            raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice")


def datalist_field(db_field):
    """Return the form field for one of DATALIST_FIELDS."""
    kind = type(db_field)
    options = kind.options["choices"]
    return DatalistField(
        options=options,
        required=not db_field.blank,
        label=capfirst(db_field.verbose_name),
        help_text=db_field.help_text,
        initial=db_field.default if db_field.has_default() else None,
        widget=DatalistSelect(f"options-{kind.__name__.lower()}", options),
    )


def datalists(*forms_):
    """Return the lists that controls of these forms pick from, each once, as HTML."""
    widgets = [control(field) for form in forms_ for field in form.fields.values()]
    found = {w.list_id: w.datalist for w in widgets if isinstance(w, DatalistSelect)}
    return mark_safe("".join(found.values()))  # each escaped
