"""Alerts: mail about saved filters, watched items and topics.

    notices.py    events of items in a period: new, changed, opened, closing
    matching.py   subscriptions that match each notice
    dispatch.py   one delivery per subscriber, enqueued
    rendering.py  the mail, built when it is sent
    entries.py    content of the mail for each item
    muting.py     items muted by subscribers

`newsletter.subscriptions` has the schedule of the runs, and the lists whose filters can be
saved. A filter is evaluated once, however many people have saved it, and only for items
with notices.
"""

from newsletter.alerts import dispatch, muting
from newsletter.alerts.dispatch import enqueue_alerts, enqueue_run
from newsletter.alerts.forms import AlertForm, AlertTargetForm
from newsletter.alerts.muting import public_mutes
from newsletter.alerts.rendering import digest_mail

__all__ = [
    "AlertForm",
    "digest_mail",
    "dispatch",
    "AlertTargetForm",
    "public_mutes",
    "muting",
    "enqueue_run",
    "enqueue_alerts",
]
