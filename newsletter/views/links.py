"""To one's own page, and what a link in a mail answers that does nothing."""

from django.shortcuts import redirect, render
from django.urls import reverse

from newsletter.models import Refusal
from newsletter.signup import refuse
from newsletter.tokens import UnusableLink

COUNTED = {
    UnusableLink.BROKEN: Refusal.Reason.LINK_BROKEN,
    UnusableLink.EXPIRED: Refusal.Reason.LINK_EXPIRED,
    UnusableLink.USED: Refusal.Reason.LINK_USED,
}


def unusable(request, problem, template):
    """The page that says why; counted when somebody tried to act, not when they looked."""
    if request.method == "POST":
        refuse(COUNTED[problem.reason])
    status = 404 if problem.reason == UnusableLink.BROKEN else 410
    return render(request, template, {"reason": problem.reason}, status=status)


def back(token, done):
    """To one's own page, which says what was done."""
    return redirect(f"{reverse('newsletter:preferences', args=[token])}?done={done}")
