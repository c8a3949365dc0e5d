"""Answers of the pages beside a form: a page, or a step and the way back to the form."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse

from backoffice.item_pages.addresses import change_url, page_url
from publishing.workflow import Conflict


def item_page(request, admin, item, template, title, **context):
    """Return a page about an item."""
    about = {
        "original": item,
        "change_url": change_url(item),
        "history_url": page_url(item, "history"),
    }
    return type_page(request, admin, template, title, **about, **context)


def type_page(request, admin, template, title, **context):
    """Return a page about a type."""
    context = {
        **admin.admin_site.each_context(request),
        "title": title,
        "opts": admin.opts,
        **context,
    }
    return TemplateResponse(request, template, context)


def run_step(request, admin, item, step, success_message, back_to=None):
    """Call a step of the workflow, report how it went, and lead back to the item's form.

    `step` raises ValidationError or Conflict when it is refused; `success_message` says
    what it did.
    """
    try:
        step()
    except ValidationError as error:
        admin.message_user(request, " ".join(error.messages), messages.ERROR)
    except Conflict as conflict:
        admin.message_user(request, str(conflict), messages.ERROR)
    else:
        report(request, admin, item, success_message)
    return HttpResponseRedirect(back_to or change_url(item))


def report(request, admin, item, success_message):
    """Log what was done with an item, and show it as a message."""
    admin.log_change(request, item, success_message)
    admin.message_user(request, success_message, messages.SUCCESS)
