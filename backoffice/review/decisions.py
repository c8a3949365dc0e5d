"""Decisions on a review."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.item_pages import change_url, report, run_step
from backoffice.review.forms import DecisionForm, cleaned
from backoffice.review.notices import warn_of_failed_mails
from backoffice.review.pages import latest_review, review_page
from backoffice.review.panel import ReviewPanel
from publishing import workflow


@require_POST
def approve(request, admin, item):
    """Approve the draft that is in review."""
    return decide(request, admin, item, workflow.approve, _("Approved. It can be published."))


@require_POST
def request_changes(request, admin, item):
    """Send the draft back to its author."""
    success_message = _("Sent back, with your note and the comments.")
    return decide(request, admin, item, workflow.request_changes, success_message)


def decide(request, admin, item, step, success_message):
    form = DecisionForm(request.POST)
    try:
        review = step(review=latest_review(item), by=request.user, **cleaned(form))
    except ValidationError as error:
        return decision_failed(request, admin, item, form, error)
    report(request, admin, item, success_message)
    warn_of_failed_mails(request, admin, review)
    return HttpResponseRedirect(change_url(item))


def decision_failed(request, admin, item, form, error):
    """Show what has changed meanwhile, with the note that was typed."""
    admin.message_user(request, " ".join(error.messages), messages.ERROR)
    panel = ReviewPanel(item, request.user, workflow.head(item))
    seen = panel.decision_form.initial["seen"]
    panel.decision_form = DecisionForm({**request.POST.dict(), form.add_prefix("seen"): seen})
    return review_page(request, admin, item, panel)


@require_POST
def withdraw(request, admin, item):
    """Take the draft back from review."""

    def step():
        review = workflow.withdraw(review=latest_review(item), by=request.user)
        warn_of_failed_mails(request, admin, review)

    return run_step(
        request, admin, item, step, _("Review request withdrawn. This is a draft again.")
    )
