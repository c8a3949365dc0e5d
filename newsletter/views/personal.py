"""Views of the preferences page and of unsubscribing, authorised by signed tokens.

Opening a link never changes anything, and no page sets a cookie.
"""

import json
from functools import wraps

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from newsletter.alerts import public_mutes
from newsletter.consent import end_subscription, erase, origin_of, preferences, unsubscribe
from newsletter.forms import FrequencyForm, PauseForm, PreferencesForm
from newsletter.subscriptions import form_initial, name_of, with_names
from newsletter.tokens import UnusableLink, read_preferences, read_unsubscription
from newsletter.views.links import redirect_to_preferences, unusable_link

#: Values of the parameter `done`; the page shows a message for each.
DONE = ("confirmed", "saved", "stopped", "paused", "resumed", "muted", "unmuted")
UNUSABLE = "newsletter/preferences_unusable.html"


def subscriber_required(view):
    """Decorate a view of the preferences page: set `request.subscriber` from the token.

    The view is called with (request, token). An unusable token is answered with an error page.
    """

    @csrf_exempt
    @never_cache
    @wraps(view)
    def wrapper(request, token, **kwargs):
        try:
            request.subscriber = read_preferences(token)
        except UnusableLink as problem:
            return unusable_link(request, problem, UNUSABLE)
        return view(request, token, **kwargs)

    return wrapper


@method_decorator(subscriber_required, name="dispatch")
class PreferencesView(View):
    """Preferences page, with the subscriptions and all actions."""

    http_method_names = ["get", "head", "options", "post"]

    def get(self, request, token):
        return self.page(token)

    def post(self, request, token):
        has_alerts = preferences.alerts(request.subscriber).exists()
        form = PreferencesForm(request.POST, has_alerts=has_alerts)
        if not form.is_valid():
            return self.page(token, form=form, status=400)
        preferences.change(request.subscriber, form, origin=origin_of(request))
        return redirect_to_preferences(token, "saved")

    def page(self, token, *, form=None, pause_form=None, status=200):
        subscriber = self.request.subscriber
        form = form or PreferencesForm(
            initial={**form_initial(subscriber), "language": subscriber.language}
        )
        done = self.request.GET.get("done")
        context = {
            "token": token,
            "subscriber": subscriber,
            "form": form,
            "pause_form": pause_form or PauseForm(),
            "alerts": with_names(preferences.alerts(subscriber).prefetch_related("item")),
            "mutes": public_mutes(subscriber),
            "frequencies": FrequencyForm.base_fields["frequency"].choices,
            "done": done if done in DONE else "",
        }
        return render(self.request, "newsletter/preferences.html", context, status=status)


class PauseView(PreferencesView):
    """Pausing and resuming of all mail."""

    http_method_names = ["options", "post"]

    def post(self, request, token):
        if "resume" in request.POST:
            preferences.resume(request.subscriber, origin=origin_of(request))
            return redirect_to_preferences(token, "resumed")
        form = PauseForm(request.POST)
        if not form.is_valid():
            return self.page(token, pause_form=form, status=400)
        preferences.pause(
            request.subscriber, form.cleaned_data["until"], origin=origin_of(request)
        )
        return redirect_to_preferences(token, "paused")


@require_POST
@subscriber_required
def change_alert(request, token, pk):
    """Change the frequency of one alert, mute or unmute it, or end it."""
    subscription = preferences.alerts(request.subscriber).filter(pk=pk).first()
    form = FrequencyForm(request.POST)
    if subscription is None:
        return redirect_to_preferences(token, "stopped")
    if "stop" in request.POST:
        end_subscription(subscription, origin=origin_of(request))
        return redirect_to_preferences(token, "stopped")
    if "mute" in request.POST or "unmute" in request.POST:
        done = "muted" if "mute" in request.POST else "unmuted"
        preferences.alerts(request.subscriber).filter(pk=pk).update(is_muted=done == "muted")
        return redirect_to_preferences(token, done)
    if not form.is_valid():
        raise BadRequest("An alert comes at once, daily or weekly.")
    form.save(subscription)
    return redirect_to_preferences(token, "saved")


@require_POST
@subscriber_required
def unsubscribe_all(request, token):
    unsubscribe(request.subscriber, origin=origin_of(request))
    return render(request, "newsletter/unsubscribed.html")


@require_POST
@subscriber_required
def own_data(request, token):
    """Return all data stored about the subscriber, as a JSON file."""
    data = preferences.export(request.subscriber, origin=origin_of(request))
    text = json.dumps(data, ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": 'attachment; filename="newsletter-data.json"'}
    return HttpResponse(text, content_type="application/json", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@subscriber_required
def erase_all(request, token):
    if request.method == "POST":
        suppress_address = request.POST.get("never") == "yes"
        erase(
            request.subscriber,
            suppress_address=suppress_address,
            origin=origin_of(request),
        )
        return render(request, "newsletter/erased.html", {"is_suppressed": suppress_address})
    context = {"token": token, "subscriber": request.subscriber}
    return render(request, "newsletter/erase.html", context)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one_click_unsubscribe(request, token):
    """Ask for confirmation and end one subscription or all mail.

    This is also the target of RFC 8058: the reader's mail service posts without cookies and
    expects no redirect, even if it repeats the post.
    """
    try:
        subscriber, subscription = read_unsubscription(token)
    except UnusableLink as problem:
        return unusable_link(request, problem, "newsletter/unsubscribe_unusable.html")
    name = name_of(subscription) if subscription else ""
    context = {"subscriber": subscriber, "subscription": subscription, "name": name}
    if request.method == "POST":
        _end(subscriber, subscription, origin_of(request))
        return render(request, "newsletter/unsubscribed.html", context)
    return render(request, "newsletter/unsubscribe.html", context)


def _end(subscriber, subscription, origin):
    if subscription:
        end_subscription(subscription, origin=origin)
    elif subscriber:
        unsubscribe(subscriber, origin=origin)
