"""Mails about a subscription itself, each in plain text and HTML."""

import css_inline
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from newsletter.subscriptions import describe_choices, supported_language
from newsletter.tokens import (
    CONFIRMATION_LIFETIME,
    confirmation_token,
    preferences_token,
    unsubscription_token,
)
from publishing.mails import absolute_url, portal_mail

_INLINER = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


def confirmation_mail(sign_up):
    """Build the confirmation request, in the language chosen at sign-up."""
    with translation.override(supported_language(sign_up.language)):
        return personal_mail(
            sign_up.subscriber,
            _("Please confirm your subscription to %(portal)s"),
            "confirm",
            confirm_url=absolute_url("newsletter:confirm", confirmation_token(sign_up)),
            hours=int(CONFIRMATION_LIFETIME.total_seconds() // 3600),
            choices=describe_choices(sign_up.choices),
        )


def reminder_mail(subscriber):
    """Build the mail for a subscriber who signs up again."""
    with translation.override(supported_language(subscriber.language)):
        return personal_mail(
            subscriber, _("You are already subscribed to %(portal)s"), "reminder"
        )


def personal_mail(subscriber, subject, template, *, subscription=None, **context):
    """Build a mail to a subscriber in the active language, with unsubscribe links.

    The one-click link ends `subscription` if given, else all mail. %(portal)s in `subject` is
    replaced; any other percent sign has to be doubled.
    """
    token = unsubscription_token(subscriber, subscription)
    unsubscribe_url = absolute_url("newsletter:unsubscribe", token)
    return portal_mail(
        subscriber.email,
        subject % {"portal": settings.PORTAL_NAME},
        template,
        headers=list_headers(unsubscribe_url),
        unsubscribe_url=unsubscribe_url,
        preferences_url=absolute_url("newsletter:preferences", preferences_token(subscriber)),
        **context,
    )


def list_headers(unsubscribe_url):
    """Return the headers for the unsubscribe button of mail programs (RFC 2369, RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{unsubscribe_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def with_styles_inlined(mail):
    """Inline the CSS of the mail's HTML and return the mail.

    Some mail programs ignore style sheets.
    """
    html, kind = mail.alternatives[0]
    mail.alternatives = []
    mail.attach_alternative(_INLINER.inline(html), kind)
    return mail
