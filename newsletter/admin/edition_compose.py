"""Admin page that adds published items to an edition."""

from datetime import datetime, time

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.text import capfirst
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from backoffice.forms import YEARS
from backoffice.item_pages import change_url, item_page
from backoffice.widgets import DateInput
from newsletter.editions import add_items, edition_models, last_edition_at, proposal


class SinceForm(forms.Form):
    since = forms.DateField(
        label=gettext_lazy("Published since"), required=False, widget=DateInput
    )

    def clean_since(self):
        day = self.cleaned_data["since"]
        if day and day.year not in YEARS:
            raise forms.ValidationError(_("Enter a year between 1900 and 2200."))
        return day


def compose(request, admin, edition):
    """Show recently published items; on POST, add the selected ones."""
    if request.method == "POST":
        return add_selected(request, admin, edition)
    form = SinceForm(request.GET) if "since" in request.GET else None
    day = form.cleaned_data["since"] if form and form.is_valid() else None
    since = _midnight(day) if day else last_edition_at()
    return item_page(
        request,
        admin,
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


def add_selected(request, admin, edition):
    number = add_items(edition, selected_items(request.POST.getlist("item")))
    text = ngettext("%(n)s item added.", "%(n)s items added.", number) % {"n": number}
    if number:
        admin.log_change(request, edition, text)
    admin.message_user(request, text, messages.SUCCESS)
    return HttpResponseRedirect(change_url(edition))


def _midnight(day):
    return make_aware(datetime.combine(day, time()))


def _choices(items):
    return [{"key": f"{item._meta.label_lower}/{item.pk}", "item": item} for item in items]


def selected_items(keys):
    """Return the published items with keys such as "calls.call/12", in their order."""
    models = {model._meta.label_lower: model for model in edition_models()}
    found = []
    for key in keys:
        label, _slash, number = key.partition("/")
        if label in models and number.isascii() and number.isdecimal() and len(number) < 19:
            found += models[label].objects.published().filter(pk=number)
    return found
