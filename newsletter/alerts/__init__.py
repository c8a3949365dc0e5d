"""Alerts: mail about saved filters, watched items and topics.

    rounds.py     schedule of the runs, and the period of each
    notices.py    events of items in a period: new, changed, opened, closing
    matching.py   subscriptions that match each notice
    dispatch.py   one delivery per subscriber, enqueued
    rendering.py  the mail, built when it is sent
    lists.py      lists with filters, and the names of saved filters
    muting.py     items muted by subscribers

A filter is evaluated once, however many people have saved it, and only for items with notices.
"""

from newsletter.alerts import dispatch, muting
from newsletter.alerts.dispatch import tell, tell_alerts
from newsletter.alerts.forms import AlertForm, FollowedForm
from newsletter.alerts.muting import muted
from newsletter.alerts.rendering import digest_mail

__all__ = [
    "AlertForm",
    "digest_mail",
    "dispatch",
    "FollowedForm",
    "muted",
    "muting",
    "tell",
    "tell_alerts",
]
