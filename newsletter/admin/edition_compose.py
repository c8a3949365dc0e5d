"""Admin page that adds published items to an edition."""

from datetime import datetime, time

from django import forms
from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from backoffice.instants import YEARS
from backoffice.item_pages import ItemPages
from backoffice.widgets import DateInput
from newsletter.editions import add, edition_models, last_edition_at, proposal


class SinceForm(forms.Form):
    since = forms.DateField(
        label=gettext_lazy("Published since"), required=False, widget=DateInput
    )

    def clean_since(self):
        day = self.cleaned_data["since"]
        if day and day.year not in YEARS:
            raise forms.ValidationError(_("Enter a year between 1900 and 2200."))
        return day


class Composing(ItemPages):
    """Mixin with the page “Choose items” of an edition."""

    def get_urls(self):
        return [self.item_url("compose", self.compose_view), *super().get_urls()]

    def compose_url(self, edition):
        return reverse(admin_urlname(self.opts, "compose"), args=[edition.pk])

    def compose_view(self, request, object_id):
        edition = self.live_item(request, object_id)
        if not self.has_change_permission(request, edition):
            raise PermissionDenied
        if request.method == "POST":
            return self.add_chosen(request, edition)
        form = SinceForm(request.GET) if "since" in request.GET else None
        day = form.cleaned_data["since"] if form and form.is_valid() else None
        since = _midnight(day) if day else last_edition_at()
        return self.item_page(
            request,
            edition,
            "admin/edition_compose.html",
            _("Choose items"),
            groups=[
                {"title": capfirst(model._meta.verbose_name_plural), "choices": _choices(items)}
                for model, items in proposal(edition, since)
            ],
            form=form or SinceForm(initial={"since": localtime(since).date()}),
            since=since,
        )

    def add_chosen(self, request, edition):
        number = add(edition, chosen(request.POST.getlist("item")))
        text = ngettext("%(n)s item added.", "%(n)s items added.", number) % {"n": number}
        if number:
            self.log_change(request, edition, text)
        self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(self.change_url(edition))


def _midnight(day):
    return make_aware(datetime.combine(day, time()))


def _choices(items):
    return [{"key": f"{item._meta.label_lower}/{item.pk}", "item": item} for item in items]


def chosen(keys):
    """Return the published items with keys such as "calls.call/12", in their order."""
    models = {model._meta.label_lower: model for model in edition_models()}
    found = []
    for key in keys:
        label, _slash, number = key.partition("/")
        if label in models and number.isascii() and number.isdecimal() and len(number) < 19:
            found += models[label].objects.published().filter(pk=number)
    return found
