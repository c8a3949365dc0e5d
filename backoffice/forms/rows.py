"""Rows of an item, in its own form: added, removed and put in order in place."""

from django import forms
from django.contrib import admin
from modeltranslation.admin import TranslationStackedInline

from backoffice.forms.controls import FormControls
from backoffice.forms.row_form import RowForm
from backoffice.forms.row_formset import RowFormSet


class RowInlineMixin:
    """Base of the inlines for translated and for other rows.

    Whoever may write the item may write its rows: they have no permissions of their own.
    """

    form = RowForm
    formset = RowFormSet
    template = "admin/edit_inline/rows.html"
    extra = 0
    #: Whether the rows come right after the first section of the form.
    is_leading = False

    @property
    def media(self):
        return forms.Media(js=[forms.Script("js/admin/rows.js", type="module")])

    @property
    def is_ordered(self):
        return hasattr(self.model, "position")

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if not self.is_ordered:
            return fieldsets
        (name, options), *others = fieldsets
        names = [field for field in options["fields"] if field != "position"]
        return [(name, {**options, "fields": [*names, "position"]}), *others]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "position":
            kwargs["widget"] = forms.HiddenInput
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_queryset(self, request):
        keys = [field.name for field in self.model._meta.fields if field.many_to_one]
        return super().get_queryset(request).select_related(*keys)

    def _may(self, request, *verbs):
        options = self.parent_model._meta
        return any(
            request.user.has_perm(f"{options.app_label}.{verb}_{options.model_name}")
            for verb in verbs
        )

    def has_add_permission(self, request, obj):
        return self._may(request, "add", "change")

    def has_change_permission(self, request, obj=None):
        return self._may(request, "add", "change")

    def has_delete_permission(self, request, obj=None):
        return self._may(request, "add", "change")

    def has_view_permission(self, request, obj=None):
        return self._may(request, "view", "add", "change")


class RowInline(RowInlineMixin, FormControls, admin.StackedInline):
    """Rows without translated texts."""


class TranslatedRowInline(RowInlineMixin, FormControls, TranslationStackedInline):
    """Rows with translated texts."""
