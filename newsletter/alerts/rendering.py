"""Rendering of alert mails at the time of sending, with the items public then."""

from django.utils import translation
from django.utils.translation import gettext as _

from newsletter.alerts.dispatch import RENDERER
from newsletter.alerts.entries import entries
from newsletter.delivery import register_renderer
from newsletter.mails import personal_mail, with_styles_inlined
from newsletter.subscriptions import name_of, supported_language
from newsletter.tokens import mute_token, unsubscription_token
from publishing.mails import absolute_url


@register_renderer(RENDERER)
def digest_mail(delivery):
    """Build a subscriber's mail of a run, or return None if nothing is left to send."""
    reader = delivery.subscriber
    with translation.override(supported_language(reader.language)):
        shown_entries = _alert_entries(reader, delivery.data["items"])
        if not shown_entries:
            return None
        alerts = {alert.pk: alert for entry in shown_entries for alert in entry["alerts"]}
        mail = personal_mail(
            reader,
            _subject(shown_entries).replace("%", "%%"),
            "digest",
            subscription=next(iter(alerts.values())) if len(alerts) == 1 else None,
            entries=shown_entries,
            more=delivery.data["more"],
            alerts=[_alert(reader, alert) for alert in alerts.values()],
        )
        return with_styles_inlined(mail)


def _alert_entries(reader, rows):
    """Return the entries that belong to an active alert, with these `alerts`."""
    alerts = reader.subscriptions.active().filter(is_muted=False).prefetch_related("item")
    alerts = {alert.pk: alert for alert in alerts}
    for alert in alerts.values():
        alert.name = name_of(alert)
    muted = set(reader.mutes.values_list("content_type", "object_id"))
    found = []
    for entry in entries(rows):
        entry["alerts"] = [alerts[key] for key in entry["by"] if key in alerts]
        if entry["alerts"] and entry["item_key"] not in muted:
            token = mute_token(reader, *entry["item_key"])
            found.append(entry | {"mute_url": absolute_url("newsletter:mute", token)})
    return found


def _subject(shown_entries):
    if len(shown_entries) > 1:
        return _("%(first)s and %(number)s more") % {
            "first": _headline(shown_entries[0]),
            "number": len(shown_entries) - 1,
        }
    return _headline(shown_entries[0])


def _headline(entry):
    return _("%(news)s: %(title)s") % {
        "news": entry["news"][0]["label"],
        "title": entry["title"],
    }


def _alert(reader, alert):
    token = unsubscription_token(reader, alert)
    return {"name": alert.name, "end_url": absolute_url("newsletter:unsubscribe", token)}
