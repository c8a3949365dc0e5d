"""Forms that show what was kept of them, and are not validated yet."""

from django.forms.utils import ErrorDict


class RecoveredFormMixin:
    """Form of what was kept of it, without errors yet."""

    recovered_data = None

    def __init__(self, *args, **kwargs):
        overrides = {} if self.recovered_data is None else {"data": self.recovered_data}
        super().__init__(*args, **{**kwargs, **overrides})

    def full_clean(self):
        self._errors = ErrorDict(renderer=self.renderer)
        self.cleaned_data = {}


class RecoveredFormSetMixin:
    """Formset of what was kept of it, likewise."""

    def full_clean(self):
        self._errors = []
        self._non_form_errors = self.error_class(error_class="nonform", renderer=self.renderer)


def recovered_form_class(form, data):
    """Return the form class for showing the kept data."""
    return type(form)("RecoveredForm", (RecoveredFormMixin, form), {"recovered_data": data})


def recovered_formset_class(formset):
    """Return the formset class for showing kept rows."""
    row = type(formset.form)("RecoveredRowForm", (RecoveredFormMixin, formset.form), {})
    return type("RecoveredFormSet", (RecoveredFormSetMixin, formset), {"form": row})
