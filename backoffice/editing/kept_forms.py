"""Forms that show what was kept of them, and are not validated yet."""

from django.forms.utils import ErrorDict


class KeptFormMixin:
    """Form of what was kept of it, without errors yet."""

    kept = None

    def __init__(self, *args, **kwargs):
        given = {} if self.kept is None else {"data": self.kept}
        super().__init__(*args, **{**kwargs, **given})

    def full_clean(self):
        self._errors = ErrorDict(renderer=self.renderer)
        self.cleaned_data = {}


class KeptRowsMixin:
    """Formset of what was kept of it, likewise."""

    def full_clean(self):
        self._errors = []
        self._non_form_errors = self.error_class(error_class="nonform", renderer=self.renderer)


def as_kept_form(form, data):
    """Return the form class for showing the kept data."""
    return type(form)("KeptForm", (KeptFormMixin, form), {"kept": data})


def as_kept_formset(formset):
    """Return the formset class for showing kept rows."""
    row = type(formset.form)("KeptRow", (KeptFormMixin, formset.form), {})
    return type("KeptRows", (KeptRowsMixin, formset), {"form": row})
