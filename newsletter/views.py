"""Pages of the newsletter. None sets a cookie: what a post may do is decided by the address
that it came from (sign-up) or by the signed token in its own address (all others)."""

from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django.views.generic import FormView

from newsletter.forms import SignUpForm
from newsletter.limits import SIGN_UPS_FROM_NETWORK
from newsletter.models import Subscriber
from newsletter.origins import is_from_own_page, network_of
from newsletter.signup import MailNotSent, sign_up
from newsletter.tokens import UnusableLink, read_confirmation, read_unsubscription

ELSEWHERE = _(
    "Your browser says that this form was sent from another site, so nothing has been done. "
    "If you want the newsletter, press Subscribe once more."
)
TOO_MANY = _(
    "There were too many sign-ups from your network in the last hour, so nothing has been "
    "sent. Please try again in an hour."
)
NO_MAIL = _(
    "We can't send mail at the moment, so your sign-up has not gone through. "
    "Please try again in a few minutes."
)


@method_decorator(csrf_exempt, name="dispatch")
class SubscribeView(FormView):
    """The form. Whatever address is given, and by whom, a post that the portal accepts gets
    the same answer."""

    http_method_names = ["get", "head", "options", "post"]
    form_class = SignUpForm
    template_name = "newsletter/subscribe.html"
    success_url = reverse_lazy("newsletter:sent")
    extra_context = {"breadcrumbs": [{"title": _("Newsletter")}]}

    def form_valid(self, form):
        accepted = super().form_valid(form)
        if form.is_from_robot:
            return accepted
        if not is_from_own_page(self.request):
            return self.ask_again(form, 403, ELSEWHERE)
        if not SIGN_UPS_FROM_NETWORK.take(network_of(self.request)):
            headers = {"Retry-After": str(SIGN_UPS_FROM_NETWORK.seconds)}
            return self.ask_again(form, 429, TOO_MANY, headers)
        try:
            sign_up(email=form.cleaned_data["email"], language=form.cleaned_data["language"])
        except MailNotSent:
            return self.ask_again(form, 503, NO_MAIL)
        return accepted

    def form_invalid(self, form):
        return self.ask_again(form, 400)

    def ask_again(self, form, status, problem=None, headers=None):
        """The form, with what was typed."""
        context = self.get_context_data(form=form, problem=problem)
        return self.render_to_response(context, status=status, headers=headers)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """Asks for a press of a button, because programs that scan mails open every link."""
    try:
        subscriber, language = read_confirmation(token)
        if request.method == "POST":
            if not subscriber.confirm(language):
                raise UnusableLink(UnusableLink.USED)
            return redirect("newsletter:confirmed")
    except UnusableLink as problem:
        return unusable(request, problem, "newsletter/confirm_unusable.html")
    return render(request, "newsletter/confirm.html", {"subscriber": subscriber})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request, token):
    """Also the target of RFC 8058: a post, sent by the reader's mail service without cookies,
    ends the subscription and is answered without a redirect, the second time too."""
    try:
        subscriber = read_unsubscription(token)
    except UnusableLink as problem:
        return unusable(request, problem, "newsletter/unsubscribe_unusable.html")
    if request.method == "POST":
        if subscriber:
            subscriber.end(Subscriber.State.UNSUBSCRIBED)
        return render(request, "newsletter/unsubscribed.html")
    return render(request, "newsletter/unsubscribe.html", {"subscriber": subscriber})


def unusable(request, problem, template):
    status = 404 if problem.reason == UnusableLink.BROKEN else 410
    return render(request, template, {"reason": problem.reason}, status=status)
