"""Rows of an item, in its own form: added, removed and put in order in place."""

from django import forms
from django.contrib import admin
from django.utils.functional import cached_property
from django.utils.translation import ngettext_lazy
from modeltranslation.admin import TranslationStackedInline

from publishing.admin.forms.controls import FormControls, PortalForm
from publishing.admin.forms.translated import TranslatedForms

#: Rows that a form can add at once: to build and to show each takes 10 to 20 ms.
MAX_NEW_ROWS = 200


class RowForm(PortalForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "position" in self.fields:
            self.fields["position"].required = False

    def has_changed(self):
        """A new row counts once something was typed: a place in the order isn't content."""
        changed = set(self.changed_data)
        return bool(changed if self.instance.pk else changed - {"position"})


class RowFormSet(forms.BaseInlineFormSet):
    """Numbers the rows in the order asked for; those without a position come last.

    Rows that the item already holds (a draft's) are taken from it, not from the table.
    """

    default_error_messages = {
        "too_many_forms": ngettext_lazy(
            "At most %(num)d row can be saved here. Save it first, then add others.",
            "At most %(num)d rows can be saved here. Save these first, then add others.",
            "num",
        )
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.absolute_max = len(self.get_queryset()) + MAX_NEW_ROWS
        self.max_num = min(self.max_num, self.absolute_max)

    def get_queryset(self):
        if not hasattr(self, "_queryset"):
            rows = self.rows_of_draft()
            self._queryset = super().get_queryset() if rows is None else list(rows)
        return self._queryset

    def rows_of_draft(self):
        if not hasattr(self.instance, "opened_revision"):
            return None
        held = getattr(self.instance, "_prefetched_objects_cache", {})
        return held.get(self.relation_name)

    @property
    def relation_name(self):
        return self.fk.remote_field.get_accessor_name()

    def _existing_object(self, pk):
        aliases = getattr(self.instance, "row_aliases", {}).get(self.relation_name, {})
        return super()._existing_object(aliases.get(str(pk), pk))

    @cached_property
    def empty_form(self):
        """The form of a row to be added: one, though a page asks for it five times."""
        return super().empty_form

    def add_fields(self, form, index):
        super().add_fields(form, index)
        # The rows a form may change are those of its version: no query a row is needed.
        key = form.fields[self._pk_field.name]
        form.fields[self._pk_field.name] = forms.IntegerField(
            initial=key.initial, required=False, widget=forms.HiddenInput
        )

    def submitted_rows(self):
        """The rows as submitted, unsaved and in order: those kept, then the new ones."""
        return [form.instance for form in self.submitted_forms()]

    def submitted_forms(self):
        """The forms of `submitted_rows`."""
        gone = set(self.deleted_forms)
        forms_ = self.initial_forms + [f for f in self.extra_forms if f.has_changed()]
        kept = [form for form in forms_ if form not in gone]
        return sorted(kept, key=lambda form: getattr(form.instance, "position", 0))

    def clean(self):
        super().clean()
        if not hasattr(self.model, "position"):
            return
        kept = [form for form in self.forms if form not in self.deleted_forms]
        for position, form in enumerate(sorted(kept, key=self.asked_position)):
            form.instance.position = position

    def asked_position(self, form):
        asked = getattr(form, "cleaned_data", {}).get("position")
        return (asked is None, asked or 0)


class RowInlineMixin:
    """What inlines for translated and for other rows share.

    Whoever may write the item may write its rows: they have no permissions of their own.
    """

    form = RowForm
    formset = RowFormSet
    template = "admin/edit_inline/rows.html"
    extra = 0
    #: Stands right after the first section of the form.
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


class TranslatedRowInline(RowInlineMixin, TranslatedForms, TranslationStackedInline):
    """Rows with translated texts."""
