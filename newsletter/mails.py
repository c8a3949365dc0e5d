"""The mails about a subscription itself, each in text and HTML."""

from email.charset import QP, Charset
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from newsletter.tokens import CONFIRMATION_LIFETIME, confirmation_token, unsubscription_token

#: Seven-bit on the wire: relays need not re-encode, which would break a DKIM signature.
CHARSET = Charset("utf-8")
CHARSET.body_encoding = QP


def confirmation_mail(subscriber, language):
    """Asks the owner of the address whether they want the newsletter, in `language`."""
    with translation.override(language):
        token = confirmation_token(subscriber, language)
        return _mail(
            subscriber,
            _("Please confirm your subscription to %(portal)s"),
            "confirm",
            confirm_url=_absolute("newsletter:confirm", token),
            hours=int(CONFIRMATION_LIFETIME.total_seconds() // 3600),
        )


def reminder_mail(subscriber):
    """Tells a subscriber who signed up once more that they are subscribed already."""
    offered = dict(settings.LANGUAGES)  # which may have changed since the subscription
    language = subscriber.language if subscriber.language in offered else settings.LANGUAGE_CODE
    with translation.override(language):
        return _mail(subscriber, _("You are already subscribed to %(portal)s"), "reminder")


def _mail(subscriber, subject, template, **context):
    unsubscribe_url = _absolute("newsletter:unsubscribe", unsubscription_token(subscriber))
    context |= {
        "unsubscribe_url": unsubscribe_url,
        "portal_name": settings.PORTAL_NAME,
        "portal_tagline": settings.PORTAL_TAGLINE,
        "portal_url": _absolute("home"),
        "portal_contact_email": settings.PORTAL_CONTACT_EMAIL,
        "subject": subject % {"portal": settings.PORTAL_NAME},
    }
    mail = EmailMultiAlternatives(
        subject=context["subject"],
        body=render_to_string(f"email/{template}.txt", context),
        from_email=_sender(),
        to=[subscriber.email],
        headers={
            "Auto-Submitted": "auto-generated",
            "Content-Language": translation.get_language(),
            "List-Unsubscribe": f"<{unsubscribe_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    mail.attach_alternative(render_to_string(f"email/{template}.html", context), "text/html")
    mail.encoding = CHARSET
    return mail


def _absolute(name, *args):
    return settings.PORTAL_URL + reverse(name, args=args)


def _sender():
    """The portal's address under the portal's name, unless the installation names another."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or settings.PORTAL_NAME, address))
