"""Alerts: mail about what a saved filter finds, what is watched, and what is on one's topics.

    rounds.py     when alerts are told, and of which span of time
    notices.py    what happened in a span: new, changed, opened, closing
    matching.py   whom of it each saved filter and each watched item is told
    telling.py    one mail a person out of that, into the queue of deliveries
    rendering.py  the mail, made when it is sent
    lists.py      the lists that have filters, and what a filter holds in words
    muting.py     items that somebody wants to hear no more about

A filter is asked once, however many people have saved it, and only about what happened.
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
