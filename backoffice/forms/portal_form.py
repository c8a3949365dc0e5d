"""The form that model admins and their rows use."""

from django import forms
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorFormField

from backoffice.widgets import RelationMixin, control
from publishing.richtext import links


class PortalForm(forms.ModelForm):
    """Form that knows related objects in memory, and requires texts in one language only."""

    #: Errors by field that publishing found after the form itself was valid.
    workflow_errors = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(control(field), RelationMixin):
                control(field).known = related_in_memory(self.instance, name)
        self.show_addresses()

    def show_addresses(self):
        """Show links to items, which are stored by identity, as addresses."""
        texts = {
            name: self.initial[name]
            for name, field in self.fields.items()
            if isinstance(field, ProseEditorFormField) and self.initial.get(name)
        }
        found = links.find_items(texts.values(), among=links.all_items)
        for name, text in texts.items():
            with override(getattr(self.fields[name], "language", get_language())):
                self.initial[name] = links.render_links_for_editing(text, found)

    def _post_clean(self):
        super()._post_clean()
        for names in self.required_in_one_language():
            written = any(self.cleaned_data.get(name) for name in names)
            if not written and not self.errors.keys() & names:
                self.add_error(names[0], _("Enter this in at least one language."))
        for name, errors in self.workflow_errors.items():
            self.add_error(name if name in self.fields else None, errors)

    def required_in_one_language(self):
        """Return the fields of each text that is required in one language: a list of lists."""
        groups = {}
        for name, field in self.fields.items():
            if getattr(field, "is_required_in_one_language", False):
                groups.setdefault(field.translated_name, []).append(name)
        return groups.values()


def related_in_memory(instance, name):
    """Return the related objects that the instance already has in memory, as a list."""
    field = instance._meta.get_field(name)
    if field.many_to_many:
        return getattr(instance, "_prefetched_objects_cache", {}).get(name, [])
    related = field.get_cached_value(instance, default=None)
    return [related] if related else []
