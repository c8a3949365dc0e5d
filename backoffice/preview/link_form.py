"""The form of a new preview link."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from backoffice.forms import DateTimeField
from backoffice.widgets import DateTimeInput
from publishing import workflow
from publishing.models import PreviewLink

#: Days that a link may work, the first being proposed.
LIFETIMES = (7, 1, 30)


class PreviewLinkForm(forms.ModelForm):
    """Content and lifetime of a new link."""

    language = forms.ChoiceField(label=gettext_lazy("Language"))
    days = forms.TypedChoiceField(
        label=gettext_lazy("Valid for"),
        coerce=int,
    )
    version = forms.ChoiceField(
        label=gettext_lazy("Shows"),
        choices=[
            ("newest", gettext_lazy("always the last saved version")),
            ("this", gettext_lazy("the version saved now, even if it is changed later")),
        ],
    )
    as_on = DateTimeField(
        label=gettext_lazy("Preview date"),
        required=False,
        widget=DateTimeInput,
    )

    class Meta:
        model = PreviewLink
        fields = ["note"]
        help_texts = {"note": gettext_lazy("Only staff see this.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="id_preview_%s", **kwargs)
        self.fields["language"].choices = settings.LANGUAGES
        text = _("Time zone: %(zone)s. Leave empty to show today.")
        self.fields["as_on"].help_text = text % {"zone": settings.TIME_ZONE}
        self.fields["days"].choices = [
            (n, ngettext("%(n)d day", "%(n)d days", n) % {"n": n}) for n in LIFETIMES
        ]

    def fields_of_link(self, item):
        """Return the fields of the PreviewLink."""
        data = self.cleaned_data
        return {
            "note": data["note"],
            "language": data["language"],
            "as_on": data["as_on"],
            "expires_at": timezone.now() + timedelta(days=data["days"]),
            "revision": workflow.head(item) if data["version"] == "this" else None,
        }
