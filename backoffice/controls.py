"""The portal's form controls for model admins and their inlines."""

from django import forms
from django.contrib.admin.sites import NotRegistered
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorFormField
from django_prose_editor.widgets import ProseEditorWidget

from backoffice.amounts import AmountField, AmountInput
from backoffice.instants import DateTimeField, WallClockField
from backoffice.widgets import (
    DateInput,
    DateTimeInput,
    ListedSelect,
    RelationMixin,
    RelationSelect,
    RelationSelectMultiple,
    control,
)
from localisation import fields
from publishing.richtext import RichTextField, links

#: Fields with so many choices that the page holds them once.
LISTED = (
    fields.CountryField,
    fields.CurrencyField,
    fields.LanguageField,
    fields.TimeZoneField,
)


class PortalForm(forms.ModelForm):
    """Takes what is chosen from the instance, and wants required texts in one language."""

    #: Errors by field that publishing found after the form itself was valid.
    workflow_errors = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(control(field), RelationMixin):
                control(field).known = related_in_memory(self.instance, name)
        self.show_addresses()

    def show_addresses(self):
        """Links to items, which are stored by identity, read as in the browser's own bar."""
        texts = {
            name: self.initial[name]
            for name, field in self.fields.items()
            if isinstance(field, ProseEditorFormField) and self.initial.get(name)
        }
        found = links.find(texts.values(), among=links.everything)
        for name, text in texts.items():
            with override(getattr(self.fields[name], "language", get_language())):
                self.initial[name] = links.as_edited(text, found)

    def _post_clean(self):
        super()._post_clean()
        for names in self.required_in_one_language():
            written = any(self.cleaned_data.get(name) for name in names)
            if not written and not self.errors.keys() & names:
                self.add_error(names[0], _("Enter this in at least one language."))
        for name, errors in self.workflow_errors.items():
            self.add_error(name if name in self.fields else None, errors)

    def required_in_one_language(self):
        """The form's names of each text that must exist in some language: list of lists."""
        groups = {}
        for name, field in self.fields.items():
            if getattr(field, "is_required_in_one_language", False):
                groups.setdefault(field.translated_name, []).append(name)
        return groups.values()


def related_in_memory(instance, name):
    """Related objects that the instance already holds, as a list."""
    field = instance._meta.get_field(name)
    if field.many_to_many:
        return getattr(instance, "_prefetched_objects_cache", {}).get(name, [])
    related = field.get_cached_value(instance, default=None)
    return [related] if related else []


class FormControls:
    """Mixin for ModelAdmin and InlineModelAdmin."""

    form = PortalForm
    view_on_site = False
    #: name -> help text where the model's own doesn't suffice
    help_texts = {}
    formfield_overrides = {
        models.DateTimeField: {"form_class": DateTimeField, "widget": DateTimeInput},
        models.DateField: {"widget": DateInput},
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 4})},
        models.URLField: {"widget": forms.URLInput, "assume_scheme": "https"},
        RichTextField: {"widget": ProseEditorWidget},
        fields.AmountField: {"form_class": AmountField, "widget": AmountInput},
        models.PositiveIntegerField: {
            "widget": forms.NumberInput(attrs={"class": "number", "min": 0})
        },
    }

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in getattr(self.form, "zoned", ()):
            kwargs["form_class"] = WallClockField
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name in self.help_texts:
            field.help_text = self.help_texts[db_field.name]
        return field

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if isinstance(db_field, LISTED):
            return listed_field(db_field)
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if "widget" not in kwargs and self.is_searchable(db_field, request):
            kwargs["widget"] = RelationSelect(db_field, self.admin_site)
        return db_field.formfield(**kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if not db_field.remote_field.through._meta.auto_created:
            return None
        if "widget" not in kwargs and self.is_searchable(db_field, request):
            kwargs["widget"] = RelationSelectMultiple(db_field, self.admin_site)
        return db_field.formfield(**kwargs)

    def is_searchable(self, db_field, request):
        try:
            related = self.admin_site.get_model_admin(db_field.remote_field.model)
        except NotRegistered:
            return False
        return bool(related.get_search_fields(request))

    def relation_names(self):
        """Names of the model's own foreign keys and many-to-many fields."""
        options = self.model._meta
        keys = [field.name for field in options.fields if field.many_to_one]
        return keys + [field.name for field in options.many_to_many]


class ListedField(forms.CharField):
    """A code out of a long list. `options` returns the pairs of code and name.

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


def listed_field(db_field):
    """Form field for one of LISTED."""
    kind = type(db_field)
    options = kind.options["choices"]
    return ListedField(
        options=options,
        required=not db_field.blank,
        label=capfirst(db_field.verbose_name),
        help_text=db_field.help_text,
        initial=db_field.default if db_field.has_default() else None,
        widget=ListedSelect(f"options-{kind.__name__.lower()}", options),
    )


def datalists(*forms_):
    """The lists that controls of these forms pick from, each once, as HTML."""
    widgets = [control(field) for form in forms_ for field in form.fields.values()]
    found = {w.list_id: w.datalist for w in widgets if isinstance(w, ListedSelect)}
    return mark_safe("".join(found.values()))  # each escaped
