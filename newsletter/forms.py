from django import forms
from django.conf import settings
from django.core.validators import validate_email
from django.utils.encoding import punycode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from newsletter.models import normalised


class SignUpForm(forms.Form):
    """What a reader sends to get the newsletter. `website` is a trap: people don't see it."""

    email = forms.EmailField(
        max_length=254,
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("Enter an e-mail address in the form name@example.org."),
        },
    )
    language = forms.Field(required=False)
    website = forms.Field(required=False)

    def clean_email(self):
        email = normalised(self.cleaned_data["email"])
        if not _is_plain(email):
            message = self.fields["email"].error_messages["invalid"]
            raise forms.ValidationError(message, code="invalid")
        return email

    def clean_language(self):
        asked = self.cleaned_data["language"]
        return asked if asked in dict(settings.LANGUAGES) else get_language()

    @property
    def is_from_robot(self):
        return bool(self.cleaned_data["website"])


def _is_plain(email):
    """Whether any mail server takes the address: quoted names and bare IP addresses are legal,
    but used to smuggle; letters outside ASCII are common in domains and not before the @."""
    name, _at, domain = email.rpartition("@")
    try:
        validate_email(f"{name}@{punycode(domain)}")
    except (forms.ValidationError, UnicodeError):
        return False
    return name.isascii() and '"' not in name and not domain.startswith("[")
