"""Requests for a review, from the form of an item or the page of its review."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from backoffice.item_pages import change_url, page_url
from backoffice.review.notices import report_review_requested
from backoffice.review.pages import review_page
from backoffice.review.panel import ReviewPanel
from backoffice.review.request_form import ReviewRequestForm
from publishing import workflow


def review(request, admin, item):
    """Show all comments and decisions; on POST, ask for a review."""
    panel = ReviewPanel(item, request.user, workflow.head(item))
    if request.method == "POST":
        panel.request_form = ReviewRequestForm(
            request.POST, model=admin.model, user=request.user
        )
        if requested := panel.request_form.submit(item, request.user):
            report_review_requested(request, admin, item, requested)
            return HttpResponseRedirect(change_url(item))
    return review_page(request, admin, item, panel)


def is_review_requested(request):
    """Return whether the form of an item was sent with a request for a review.

    Without a reviewer the draft is saved, and the page of the review asks for one.
    """
    return bool("_submit" in request.POST and request.POST.get("review-reviewer"))


def request_review(request, item):
    """Return the review that is asked for in the form of an item. Raises ValidationError."""
    form = ReviewRequestForm(request.POST, model=type(item), user=request.user)
    if requested := form.submit(item, request.user):
        return requested
    raise ValidationError(form.linked_errors())


def review_requested_response(request, admin, item):
    """Lead on after a form was sent with a request for a review."""
    if requested := getattr(request, "review", None):
        report_review_requested(request, admin, item, requested)
        return HttpResponseRedirect(change_url(item))
    message = _("The draft is saved. Now choose who should review it.")
    admin.message_user(request, message, messages.SUCCESS)
    return HttpResponseRedirect(page_url(item, "review"))
