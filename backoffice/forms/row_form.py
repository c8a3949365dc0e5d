"""The form of one row."""

from backoffice.forms.portal_form import PortalForm


class RowForm(PortalForm):
    """Row, whose position the formset sets."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "position" in self.fields:
            self.fields["position"].required = False

    def has_changed(self):
        """Ignore the position of a new row: it isn't content."""
        changed = set(self.changed_data)
        return bool(changed if self.instance.pk else changed - {"position"})
