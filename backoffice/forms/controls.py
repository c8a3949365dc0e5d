"""The portal's form controls for model admins and their inlines."""

from django import forms
from django.contrib.admin.sites import NotRegistered
from django.db import models
from django_prose_editor.widgets import ProseEditorWidget

from backoffice.forms.amounts import AmountField, AmountInput
from backoffice.forms.datalists import DATALIST_FIELDS, datalist_field
from backoffice.forms.instants import DateTimeField, WallClockField
from backoffice.forms.portal_form import PortalForm
from backoffice.forms.translated import localized_names, mark_language
from backoffice.widgets import (
    DateInput,
    DateTimeInput,
    RelationSelect,
    RelationSelectMultiple,
)
from localisation import fields
from publishing.richtext import RichTextField


class FormControls:
    """Mixin for ModelAdmin and InlineModelAdmin, of translated models and others.

    Admins of translated models also inherit from modeltranslation's, after this mixin.
    """

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
        if field and hasattr(db_field, "translated_field"):
            mark_language(field, db_field, self.help_texts)
        return field

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if isinstance(db_field, DATALIST_FIELDS):
            return datalist_field(db_field)
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
        """Return the names of the model's own foreign keys and many-to-many fields."""
        options = self.model._meta
        keys = [field.name for field in options.fields if field.many_to_one]
        return keys + [field.name for field in options.many_to_many]

    # Translated models -----------------------------------------------------------------

    def replace_orig_field(self, option):
        """Return names of fields, with a translated one's name replaced by one a language."""
        return localized_names(option, self.trans_opts.all_fields)

    def _patch_fieldsets(self, fieldsets):
        """Unlike modeltranslation's own, leave the fieldsets of the class as they are."""
        return [
            (name, {**options, "fields": self.replace_orig_field(options["fields"])})
            for name, options in fieldsets
        ]
