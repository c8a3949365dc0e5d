"""Answers to the buttons of the form, once it is saved."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from backoffice.item_pages import change_url, page_url
from backoffice.review import review_requested_response


def button_response(request, admin, item):
    """Return the answer to the button that was pressed, or None for Django's own."""
    for button, response in RESPONSES.items():
        if button in request.POST:
            return response(request, admin, item)
    return None


def schedule_response(request, admin, item):
    """Lead to the page of the schedule."""
    return HttpResponseRedirect(page_url(item, "schedule"))


def published_response(request, admin, item):
    """Say where the item is public now."""
    shown = [link for link in admin.site_links(item) if link["url"]]
    links = format_html_join(" · ", '<a href="{url}" hreflang="{code}">{name}</a>', shown)
    message = format_html("{} {}", _("Published. See it on the site:"), links)
    admin.log_change(request, item, _("Published."))
    admin.message_user(request, message, messages.SUCCESS)
    return HttpResponseRedirect(change_url(item))


def draft_response(request, admin, item):
    """Say what was saved of an item that existed before."""
    message = _("Draft saved.")
    if item.is_published:
        message = _("Draft saved. Readers still see the published version.")
    admin.message_user(request, message, messages.SUCCESS)
    return HttpResponseRedirect(change_url(item))


#: Name of a button -> answer; the first that was pressed counts.
RESPONSES = {
    "_schedule": schedule_response,
    "_submit": review_requested_response,
    "_publish": published_response,
}
