"""Views that request alerts and mute items."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from newsletter.alerts import AlertForm, FollowedForm, muting
from newsletter.models import Frequency, Subscription
from newsletter.subscriptions import name_of
from newsletter.tokens import UnusableLink, read_mute
from newsletter.views.links import back, unusable
from newsletter.views.personal import personal
from newsletter.views.sign_up import SubscribeView


class FollowView(SubscribeView):
    """Form that requests an alert for the list or item in the query string."""

    form_class = AlertForm
    template_name = "newsletter/follow.html"
    kept = ("email", "list", "query", "watch", "frequency", "language")

    def get(self, request, *args, **kwargs):
        followed = FollowedForm(request.GET)
        if not followed.is_valid():
            return self.render_to_response({"wrong": _errors(followed)}, status=400)
        return super().get(request, *args, **kwargs)

    def get_initial(self):
        return super().get_initial() | {"frequency": Frequency.DAILY}

    def get_context_data(self, **kwargs):
        followed = FollowedForm(self.request.POST or self.request.GET)
        if not followed.is_valid():
            return {"wrong": _errors(followed)}
        name = name_of(Subscription(**followed.followed))
        hidden = followed.hidden()
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
        return unusable(request, problem, "newsletter/unsubscribe_unusable.html")
    item = muting.public_item(kind, key)
    is_muted = request.method == "POST" or not (item and subscriber)
    if request.method == "POST" and item and subscriber:
        muting.mute(subscriber, item)
    return render(request, "newsletter/mute.html", {"item": item, "is_muted": is_muted})


@require_POST
@personal
def unmute(request, token, pk):
    request.subscriber.mutes.filter(pk=pk).delete()
    return back(token, "unmuted")
