"""Responses of the views that links in mails lead to."""

from django.shortcuts import redirect, render
from django.urls import reverse

from newsletter.models import Refusal
from newsletter.signup import refuse
from newsletter.tokens import UnusableLink

REFUSAL_REASONS = {
    UnusableLink.BROKEN: Refusal.Reason.LINK_BROKEN,
    UnusableLink.EXPIRED: Refusal.Reason.LINK_EXPIRED,
    UnusableLink.USED: Refusal.Reason.LINK_USED,
}


def unusable_link(request, problem, template):
    """Render the error page of an unusable link, with status 404 or 410.

    Only posts are counted as refusals.
    """
    if request.method == "POST":
        refuse(REFUSAL_REASONS[problem.reason])
    status = 404 if problem.reason == UnusableLink.BROKEN else 410
    return render(request, template, {"reason": problem.reason}, status=status)


def redirect_to_preferences(token, done):
    """Redirect to the preferences page with the message for `done`."""
    return redirect(f"{reverse('newsletter:preferences', args=[token])}?done={done}")
