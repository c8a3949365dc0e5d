"""The rows of an item as a formset, in order."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import ngettext_lazy

#: Rows that a form can add at once: to build and to show each takes 10 to 20 ms.
MAX_NEW_ROWS = 200


class RowFormSet(forms.BaseInlineFormSet):
    """Formset that numbers the rows in the order asked for, those without a position last.

    Rows that the item already has in memory (a draft's) come from it, not from the table.
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
        prefetched = getattr(self.instance, "_prefetched_objects_cache", {})
        return prefetched.get(self.relation_name)

    @property
    def relation_name(self):
        return self.fk.remote_field.get_accessor_name()

    def _existing_object(self, pk):
        aliases = getattr(self.instance, "row_aliases", {}).get(self.relation_name, {})
        return super()._existing_object(aliases.get(str(pk), pk))

    @cached_property
    def empty_form(self):
        """The form of a row to be added, built once though a page asks for it five times."""
        return super().empty_form

    def add_fields(self, form, index):
        super().add_fields(form, index)
        # The rows a form may change are those of its version: no query a row is needed.
        key = form.fields[self._pk_field.name]
        form.fields[self._pk_field.name] = forms.IntegerField(
            initial=key.initial, required=False, widget=forms.HiddenInput
        )

    def submitted_rows(self):
        """Return the rows as submitted, unsaved and in order: those kept, then the new ones."""
        return [form.instance for form in self.submitted_forms()]

    def submitted_forms(self):
        """Return the forms of `submitted_rows`."""
        deleted = set(self.deleted_forms)
        forms_ = self.initial_forms + [f for f in self.extra_forms if f.has_changed()]
        remaining = [form for form in forms_ if form not in deleted]
        return sorted(remaining, key=lambda form: getattr(form.instance, "position", 0))

    def clean(self):
        super().clean()
        if not hasattr(self.model, "position"):
            return
        remaining = [form for form in self.forms if form not in self.deleted_forms]
        for position, form in enumerate(sorted(remaining, key=self.requested_position)):
            form.instance.position = position

    def requested_position(self, form):
        requested = getattr(form, "cleaned_data", {}).get("position")
        return (requested is None, requested or 0)
