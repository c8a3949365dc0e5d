"""Forms of schedules."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.forms import WallClockField, ZonedForm, datalist_field
from backoffice.widgets import DateTimeInput
from publishing.models import Schedule


class BundleScheduleForm(ZonedForm):
    """Time at which all of a bundle is published."""

    zoned = ("at",)
    at = WallClockField(label=gettext_lazy("When"), widget=DateTimeInput)
    timezone = datalist_field(Schedule._meta.get_field("timezone"))

    class Meta:
        model = Schedule
        fields = ("at", "timezone", "reason")

    def _post_clean(self):
        """Validate what is typed only: `workflow` makes the Schedule."""


class ItemScheduleForm(BundleScheduleForm):
    """Time at which the newest draft is published, or the item unpublished."""

    class Meta(BundleScheduleForm.Meta):
        fields = ("action", "at", "timezone", "reason")
        widgets = {"action": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code, name in settings.LANGUAGES:
            label = _("Change note for readers, %(language)s") % {"language": name}
            self.fields[f"note_{code}"] = forms.CharField(
                label=label, max_length=300, required=False
            )
            self.fields[f"note_{code}"].widget.attrs["lang"] = code

    def change_note(self):
        """Return the notes that were written, by language."""
        notes = {code: self.cleaned_data[f"note_{code}"] for code, _name in settings.LANGUAGES}
        return {code: note for code, note in notes.items() if note}
