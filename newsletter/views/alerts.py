"""Views that request alerts and mute items."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from newsletter.alerts import AlertForm, AlertTargetForm, muting
from newsletter.models import Frequency
from newsletter.subscriptions import name_of, subscription_for
from newsletter.tokens import UnusableLink, read_mute
from newsletter.views.links import redirect_to_preferences, unusable_link
from newsletter.views.personal import subscriber_required
from newsletter.views.sign_up import SubscribeView


class FollowView(SubscribeView):
    """Form that requests an alert for the list or item in the query string."""

    form_class = AlertForm
    template_name = "newsletter/follow.html"
    reposted_fields = ("email", "list", "query", "watch", "frequency", "language")

    def get(self, request, *args, **kwargs):
        target_form = AlertTargetForm(request.GET)
        if not target_form.is_valid():
            return self.render_to_response({"error": _errors(target_form)}, status=400)
        return super().get(request, *args, **kwargs)

    def get_initial(self):
        return super().get_initial() | {"frequency": Frequency.DAILY}

    def get_context_data(self, **kwargs):
        target_form = AlertTargetForm(self.request.POST or self.request.GET)
        if not target_form.is_valid():
            return {"error": _errors(target_form)}
        name = name_of(subscription_for(target_form.target))
        hidden = target_form.hidden()
        return super().get_context_data(**kwargs, name=name, hidden=hidden)


def _errors(form):
    return " ".join(str(text) for texts in form.errors.values() for text in texts)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mute(request, token):
    """Ask for confirmation and mute an item; an item that is gone counts as muted.

    As with all links in mails, opening it changes nothing.
    """
    try:
        subscriber, kind, key = read_mute(token)
    except UnusableLink as problem:
        return unusable_link(request, problem, "newsletter/unsubscribe_unusable.html")
    item = muting.public_item(kind, key)
    is_muted = request.method == "POST" or not (item and subscriber)
    if request.method == "POST" and item and subscriber:
        muting.mute(subscriber, item)
    return render(request, "newsletter/mute.html", {"item": item, "is_muted": is_muted})


@require_POST
@subscriber_required
def unmute(request, token, pk):
    request.subscriber.mutes.filter(pk=pk).delete()
    return redirect_to_preferences(token, "unmuted")
