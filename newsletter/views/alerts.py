"""Alerts: asking for one, and muting what one of them tells of."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from newsletter.alerts import muting
from newsletter.tokens import UnusableLink, read_mute
from newsletter.views.links import back, unusable
from newsletter.views.personal import personal


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mute(request, token):
    """Asks for a press of a button, as all links in mails do. What is gone counts as muted."""
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
