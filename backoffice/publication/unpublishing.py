"""The page that asks before an item is unpublished."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from backoffice.item_pages import change_url, item_page
from publishing import workflow


def unpublish(request, admin, item):
    """Ask, and on POST unpublish the item. Change nothing else of it."""
    if request.method == "POST":
        return unpublish_and_redirect(request, admin, item)
    title, template = _("Unpublish"), "admin/unpublish_confirmation.html"
    return item_page(request, admin, item, template, title, subtitle=str(item))


def unpublish_and_redirect(request, admin, item):
    try:
        workflow.unpublish(item=item, by=request.user)
    except ValidationError as error:
        admin.message_user(request, " ".join(error.messages), messages.ERROR)
    else:
        admin.log_change(request, item, _("Unpublished."))
        success_message = _("Unpublished: only staff can see it now.")
        admin.message_user(request, success_message, messages.SUCCESS)
    return HttpResponseRedirect(change_url(item))
