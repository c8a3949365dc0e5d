"""The mails about a subscription itself, each in text and HTML."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from newsletter.tokens import CONFIRMATION_LIFETIME, confirmation_token, unsubscription_token
from publishing.mails import absolute_url, portal_mail


def confirmation_mail(subscriber, language):
    """Asks the owner of the address whether they want the newsletter, in `language`."""
    with translation.override(language):
        token = confirmation_token(subscriber, language)
        return _mail(
            subscriber,
            _("Please confirm your subscription to %(portal)s"),
            "confirm",
            confirm_url=absolute_url("newsletter:confirm", token),
            hours=int(CONFIRMATION_LIFETIME.total_seconds() // 3600),
        )


def reminder_mail(subscriber):
    """Tells a subscriber who signed up once more that they are subscribed already."""
    offered = dict(settings.LANGUAGES)  # which may have changed since the subscription
    language = subscriber.language if subscriber.language in offered else settings.LANGUAGE_CODE
    with translation.override(language):
        return _mail(subscriber, _("You are already subscribed to %(portal)s"), "reminder")


def _mail(subscriber, subject, template, **context):
    unsubscribe_url = absolute_url("newsletter:unsubscribe", unsubscription_token(subscriber))
    return portal_mail(
        subscriber.email,
        subject % {"portal": settings.PORTAL_NAME},
        template,
        headers={
            "List-Unsubscribe": f"<{unsubscribe_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        unsubscribe_url=unsubscribe_url,
        **context,
    )
