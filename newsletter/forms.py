import datetime

from django import forms
from django.conf import settings
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.encoding import punycode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lists.filters import DayInput
from newsletter.models import Frequency, normalise_email
from newsletter.signup import is_disposable
from newsletter.subscriptions import (
    MAX_TOPICS,
    change_frequency,
    offered_list_names,
    offered_lists,
    regular_choices,
)
from publishing.models import Topic


class MailOptionsForm(forms.Form):
    """Frequency and language of mail; empty fields get the defaults."""

    default_frequency = Frequency.WEEKLY

    frequency = forms.ChoiceField(
        label=_("How often, when there is something new?"),
        choices=Frequency.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    language = forms.CharField(
        label=_("In which language?"),
        widget=forms.Select(choices=settings.LANGUAGES),
        required=False,
        max_length=8,
    )

    def clean_frequency(self):
        return self.cleaned_data["frequency"] or self.default_frequency

    def clean_language(self):
        asked = self.cleaned_data["language"]
        return asked if asked in dict(settings.LANGUAGES) else get_language()


class ChoiceForm(MailOptionsForm):
    """Choice of mail, its frequency and language.

    Empty fields get the defaults: everything, once a week, in the language of the page.
    """

    field_order = ("what", "topics", "frequency", "language")

    what = forms.MultipleChoiceField(
        label=_("What do you want to get?"),
        choices=offered_lists,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    topics = forms.ModelMultipleChoiceField(
        label=_("On which topics?"),
        queryset=Topic.objects.top(),
        to_field_name="slug",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Select none to get all topics."),
    )

    def clean_what(self):
        # The short form offers no choice and sends an empty list.
        return self.cleaned_data["what"] or offered_list_names()

    def clean_topics(self):
        topics = [topic.slug for topic in self.cleaned_data["topics"]]
        if len(topics) > MAX_TOPICS:
            message = _("Choose at most %(most)s topics, or none to get all topics.")
            raise forms.ValidationError(message, "too_many", {"most": MAX_TOPICS})
        return topics

    def choices(self):
        """Return the choice in the format of `newsletter.subscriptions.regular_choices`."""
        return regular_choices(
            *[self.cleaned_data[name] for name in ("what", "topics", "frequency")]
        )


class FullChoiceMixin:
    """Mixin for forms that show all options, where an empty choice is an error."""

    def clean_what(self):
        what = self.cleaned_data["what"]
        if not what and self.is_full:
            raise forms.ValidationError(_("Select at least one option."), code="required")
        return super().clean_what()


class AddressForm(forms.Form):
    """E-mail address, with a honeypot field (`website`) and an optional proof of work."""

    email = forms.EmailField(
        max_length=254,
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("Enter an e-mail address in the format name@example.org."),
        },
    )
    website = forms.Field(required=False)
    proof = forms.CharField(required=False, max_length=200)
    nonce = forms.CharField(required=False, max_length=12)

    def clean_email(self):
        email = normalise_email(self.cleaned_data["email"])
        if not _is_plain(email):
            message = self.fields["email"].error_messages["invalid"]
            raise forms.ValidationError(message, code="invalid")
        if is_disposable(email):
            message = _("This is a disposable address. Please use a permanent e-mail address.")
            raise forms.ValidationError(message, code="disposable")
        return email

    @property
    def is_from_robot(self):
        return bool(self.cleaned_data["website"])


class SignUpForm(FullChoiceMixin, AddressForm, ChoiceForm):
    """Newsletter sign-up; `form` is "full" if the options were shown."""

    form = forms.CharField(required=False, max_length=10)

    @property
    def is_full(self):
        return self.data.get("form") == "full"


class PreferencesForm(FullChoiceMixin, ChoiceForm):
    """Choice of mail on the subscriber's preferences page."""

    is_full = True

    def __init__(self, *args, has_alerts=False, **kwargs):
        self.has_alerts = has_alerts
        super().__init__(*args, **kwargs)

    def clean_what(self):
        # Subscribers with alerts may deselect all regular mail.
        is_empty = self.has_alerts and not self.cleaned_data["what"]
        return [] if is_empty else super().clean_what()


class PauseForm(forms.Form):
    """First date on which mail is sent again."""

    LONGEST = datetime.timedelta(days=366)

    until = forms.DateField(
        label=_("Send no e-mails before"),
        widget=DayInput,
        error_messages={
            "required": _("Choose a date."),
            "invalid": _("Enter a date in the format 2027-01-31."),
        },
    )

    def clean_until(self):
        until, today = self.cleaned_data["until"], timezone.localdate()
        if not today < until <= today + self.LONGEST:
            message = _("Choose a date between tomorrow and one year from now.")
            raise forms.ValidationError(message, code="out_of_range")
        return until


class FrequencyForm(forms.Form):
    """Frequency of one alert."""

    frequency = forms.ChoiceField(choices=Frequency.choices)

    def save(self, subscription):
        change_frequency(subscription, self.cleaned_data["frequency"])


def _is_plain(email):
    """Return True if the address is of a form that any mail server accepts.

    Quoted local parts and IP addresses as domains are valid, but abused for smuggling.
    Characters outside ASCII are common in domains, but not before the @.
    """
    name, _at, domain = email.rpartition("@")
    try:
        validate_email(f"{name}@{punycode(domain)}")
    except (forms.ValidationError, UnicodeError):
        return False
    return name.isascii() and '"' not in name and not domain.startswith("[")
