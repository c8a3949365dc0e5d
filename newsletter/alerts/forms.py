"""Forms that request an alert."""

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import SuspiciousOperation
from django.utils.translation import gettext_lazy as _

from newsletter.forms import AddressForm, HowForm
from newsletter.models import Frequency, Subscription
from newsletter.subscriptions import (
    UnusableFilter,
    model_of,
    subscribable,
    usable_query,
    watchable,
)

Kind = Subscription.Kind


class FollowedForm(forms.Form):
    """Content of an alert: a `list` with a filter `query`, or an item to `watch`.

    An item is given as "calls.call/<slug>". A valid form has the fields of Subscription in
    `followed`, a dict.
    """

    list = forms.ChoiceField(choices=subscribable, required=False)
    query = forms.CharField(required=False, max_length=4000)
    watch = forms.CharField(required=False, max_length=200)

    followed = None

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        if data["watch"]:
            self.followed = self._watched(data["watch"])
        elif data["list"]:
            self.followed = self._filter(data["list"], data["query"])
        else:
            raise forms.ValidationError(_("Choose what the alert is about."), "required")
        return data

    def _watched(self, place):
        label, _slash, slug = place.partition("/")
        what = watchable().get(label)
        public = model_of(what).objects.published() if what else None
        item = public.filter(slug=slug).first() if what else None
        if item is None:
            raise forms.ValidationError(_("There is nothing with this name to follow."), "gone")
        kind = ContentType.objects.get_for_model(item).pk
        place = {"content_type_id": kind, "object_id": item.pk}
        return {"kind": Kind.WATCH, "what": what} | place

    def _filter(self, what, query):
        try:
            return {"kind": Kind.FILTER, "what": what, "query": usable_query(what, query)}
        except UnusableFilter as problem:
            raise forms.ValidationError(str(problem), "unusable") from problem
        except SuspiciousOperation as problem:
            message = _("An alert cannot have this many filters. Remove some of them.")
            raise forms.ValidationError(message, "too_many") from problem

    def hidden(self):
        """Return the (name, value) pairs of the hidden fields for the next form."""
        names = ("list", "query", "watch")
        return [(name, self.data.get(name)) for name in names if self.data.get(name)]


class AlertForm(FollowedForm, AddressForm, HowForm):
    """Request for an alert."""

    usual = Frequency.DAILY

    def choices(self):
        """Return the choice in the format of `newsletter.subscriptions.take`."""
        return [self.followed | {"frequency": self.cleaned_data["frequency"]}]
