"""Views that sign up and confirm.

No page sets a cookie. A post is authorised by the page that it came from (sign-up) or by the
signed token in its URL (confirmation).
"""

from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django.views.generic import FormView

from newsletter.consent import origin_of
from newsletter.forms import SignUpForm
from newsletter.models import Frequency, Refusal
from newsletter.signup import (
    SIGN_UPS_FROM_NETWORK,
    ProofRequired,
    Refused,
    refuse_malformed,
    sign_up,
)
from newsletter.signup import confirm as confirm_sign_up
from newsletter.subscriptions import describe_choices, offered_list_names
from newsletter.tokens import UnusableLink, preferences_token, read_confirmation
from newsletter.views.links import redirect_to_preferences, unusable_link

#: Refusal.Reason -> (HTTP status, message).
REFUSAL_RESPONSES = {
    Refusal.Reason.OTHER_SITE: (
        403,
        _(
            "Your browser reports that this form was sent from another site, so nothing has "
            "been done. If you want the newsletter, press “Subscribe” again."
        ),
    ),
    Refusal.Reason.NETWORK: (
        429,
        _(
            "There were too many sign-ups from your network in the last hour, so nothing has "
            "been sent. Please try again in an hour."
        ),
    ),
}


def retry_after(reason):
    """Return the Retry-After header of a refusal as a dict, which may be empty."""
    if reason == Refusal.Reason.NETWORK:
        return {"Retry-After": str(SIGN_UPS_FROM_NETWORK.seconds)}
    return {}


@method_decorator(csrf_exempt, name="dispatch")
class SubscribeView(FormView):
    """Sign-up form; every accepted post gets the same response, whatever the address."""

    http_method_names = ["get", "head", "options", "post"]
    form_class = SignUpForm
    template_name = "newsletter/subscribe.html"
    success_url = reverse_lazy("newsletter:sent")
    extra_context = {"breadcrumbs": [{"title": _("Newsletter")}]}
    #: Fields that are posted again with a proof of work.
    reposted_fields = ("email", "what", "topics", "frequency", "language", "form")

    def get_initial(self):
        return {
            "what": offered_list_names(),
            "frequency": Frequency.WEEKLY,
            "language": get_language(),
        }

    def form_valid(self, form):
        try:
            sign_up(self.request, form)
        except Refused as refused:
            status, problem = REFUSAL_RESPONSES[refused.reason]
            return self.ask_again(form, status, problem, retry_after(refused.reason))
        except ProofRequired as asked:
            return self.ask_for_proof(asked.challenge)
        return super().form_valid(form)

    def form_invalid(self, form):
        refuse_malformed(form)
        return self.ask_again(form, 400)

    def ask_again(self, form, status, problem=None, headers=None):
        """Render the form again with the values entered."""
        context = self.get_context_data(form=form, problem=problem)
        return self.render_to_response(context, status=status, headers=headers)

    def ask_for_proof(self, challenge):
        """Render a page that repeats the post with a proof of work, or after a wait."""
        post = self.request.POST
        posted_fields = [
            (name, value) for name in self.reposted_fields for value in post.getlist(name)[:20]
        ]
        is_early = bool(post.get("proof"))
        context = {"posted_fields": posted_fields, "challenge": challenge, "is_early": is_early}
        return render(self.request, "newsletter/proof.html", context, status=428)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """Ask for confirmation by a button and activate the sign-up.

    A GET request must not do so, because programs that scan mails open every link.
    """
    try:
        found = read_confirmation(token)
        if request.method == "POST":
            if not confirm_sign_up(found, origin=origin_of(request)):
                raise UnusableLink(UnusableLink.USED)
            return redirect_to_preferences(preferences_token(found.subscriber), "confirmed")
    except UnusableLink as problem:
        return unusable_link(request, problem, "newsletter/confirm_unusable.html")
    context = {"sign_up": found, "choices": describe_choices(found.choices)}
    return render(request, "newsletter/confirm.html", context)
