"""The portal as it will look on another day, at addresses that carry the instant."""

from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from backoffice.forms import DateTimeField
from backoffice.widgets import DateTimeInput
from localisation.languages import portal_languages
from website.preview import Preview, render_page


class AsOnForm(forms.Form):
    """Form for an instant."""

    on = DateTimeField(
        label=_("Date and time"),
        widget=DateTimeInput,
        help_text=_(
            "Shows statuses, lists and countdowns as they will be at that time, based on what "
            "is published now. Scheduled changes are not included."
        ),
    )


def parse_instant(text):
    """Return the instant of a wall clock time in the portal's zone; None for an empty text.

    Raises ValidationError.
    """
    return DateTimeField(required=False).clean(text[:40])


def format_wall_clock(instant):
    """Return the instant as text for an address, which `parse_instant` reads."""
    return timezone.localtime(instant).replace(tzinfo=None).isoformat(timespec="minutes")


def as_on_address(instant, address):
    """Return the address of a public page as on an instant, or its own if that is None."""
    if not (instant and is_public(address)):
        return address
    return reverse("as-on-page", args=[format_wall_clock(instant), address[1:]])


def date_form_url(**query):
    return f"{reverse('as-on')}?{urlencode(query)}" if query else reverse("as-on")


@require_safe
def choose_instant(request):
    """Ask for an instant, then lead to the portal as on it."""
    form = AsOnForm(request.GET if "on" in request.GET else None)
    if form.is_valid():
        address = as_on_address(form.cleaned_data["on"], requested_page(request))
        return HttpResponseRedirect(address)
    context = {
        **admin.site.each_context(request),
        "title": _("Preview the portal on another date"),
        "form": form,
        "zone": settings.TIME_ZONE,
        "page": requested_page(request),
    }
    return TemplateResponse(request, "admin/preview.html", context)


def requested_page(request):
    """Return the public address that staff come from, or the home page."""
    home = f"/{get_language()}/"
    asked = request.GET.get("page", home)
    return asked if is_public(asked) else home


def is_public(address):
    """Return whether a path is that of a page for readers: it begins with a language."""
    if "\n" in address:  # which no path of a URL pattern has
        return False
    return address.split("/")[:2] in [["", code] for code in portal_languages()]


@require_safe
def as_on_page(request, on, address):
    """Show a public page as it will look at an instant. Drafts stay hidden."""
    language = address.partition("/")[0]
    try:
        instant = parse_instant(on)
    except ValidationError as error:
        raise Http404 from error
    if language not in portal_languages() or instant is None:
        raise Http404
    preview = Preview(
        as_on=instant, is_draft=False, choose_url=date_form_url(on=on, page=f"/{address}")
    )
    return render_page(
        request, f"/{address}", language, preview, lambda link: as_on_address(instant, link)
    )
