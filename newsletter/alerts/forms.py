"""Forms that request an alert."""

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import SuspiciousOperation
from django.utils.translation import gettext_lazy as _

from newsletter.forms import AddressForm, MailOptionsForm
from newsletter.models import Frequency, Subscription
from newsletter.subscriptions import (
    UnusableFilter,
    model_of,
    subscribable_lists,
    validate_query,
    watchable_types,
)

Kind = Subscription.Kind


class AlertTargetForm(forms.Form):
    """Target of an alert: a `list` with a filter `query`, or an item to `watch`.

    An item is given as "calls.call/<slug>". A valid form has a
    choice in `target`, see `newsletter.subscriptions.subscription_for`.
    """

    list = forms.ChoiceField(choices=subscribable_lists, required=False)
    query = forms.CharField(required=False, max_length=4000)
    watch = forms.CharField(required=False, max_length=200)

    target = None

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        if data["watch"]:
            self.target = self._watched(data["watch"])
        elif data["list"]:
            self.target = self._filter(data["list"], data["query"])
        else:
            raise forms.ValidationError(_("Choose what the alert is about."), "required")
        return data

    def _watched(self, key):
        label, _slash, slug = key.partition("/")
        section = watchable_types().get(label)
        public = model_of(section).objects.published() if section else None
        item = public.filter(slug=slug).first() if section else None
        if item is None:
            raise forms.ValidationError(_("There is nothing with this name to follow."), "gone")
        kind = ContentType.objects.get_for_model(item).pk
        key = {"content_type_id": kind, "object_id": item.pk}
        return {"kind": Kind.WATCH, "what": section} | key

    def _filter(self, section, query):
        try:
            return {
                "kind": Kind.FILTER,
                "what": section,
                "query": validate_query(section, query),
            }
        except UnusableFilter as problem:
            raise forms.ValidationError(str(problem), "unusable") from problem
        except SuspiciousOperation as problem:
            message = _("An alert cannot have this many filters. Remove some of them.")
            raise forms.ValidationError(message, "too_many") from problem

    def hidden(self):
        """Return the (name, value) pairs of the hidden fields for the next form."""
        names = ("list", "query", "watch")
        return [(name, self.data.get(name)) for name in names if self.data.get(name)]


class AlertForm(AlertTargetForm, AddressForm, MailOptionsForm):
    """Request for an alert."""

    default_frequency = Frequency.DAILY

    def choices(self):
        """Return the choice in the format of `newsletter.subscriptions.apply_choices`."""
        return [self.target | {"frequency": self.cleaned_data["frequency"]}]
