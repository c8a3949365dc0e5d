"""Mails sent by the portal, in plain text and HTML, including those to staff."""

import logging
from email.charset import QP, Charset
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

logger = logging.getLogger(__name__)

#: 7-bit content: relays need not re-encode it, which would break a DKIM signature.
CHARSET = Charset("utf-8")
CHARSET.body_encoding = QP


def portal_mail(to, subject, template, headers=None, **context):
    """Return a mail to `to` in the active language.

    It is rendered with `context` from the templates email/<template>.txt and .html.
    """
    context |= {
        "portal_name": settings.PORTAL_NAME,
        "portal_tagline": settings.PORTAL_TAGLINE,
        "portal_url": absolute_url("home"),
        "portal_contact_email": settings.PORTAL_CONTACT_EMAIL,
        "subject": subject,
    }
    mail = EmailMultiAlternatives(
        # A title may contain a line break, which is not allowed in a header.
        subject=" ".join(subject.split()),
        body=render_to_string(f"email/{template}.txt", context),
        from_email=_sender(),
        to=[to],
        headers={
            "Auto-Submitted": "auto-generated",
            "Content-Language": translation.get_language(),
            **(headers or {}),
        },
    )
    mail.attach_alternative(render_to_string(f"email/{template}.html", context), "text/html")
    mail.encoding = CHARSET
    return mail


def mail_staff(user, subject, template, on_failure=None, **context):
    """Mail a staff member after the transaction commits, in the default language.

    `subject` is a lazy translation. If the user has no address or the mail server fails,
    nothing is sent, the failure is logged and `on_failure(user)` is called.
    """

    def send():
        if not _send_to_staff(user, subject, template, context) and on_failure:
            on_failure(user)

    transaction.on_commit(send)


def _send_to_staff(user, subject, template, context):
    if not (user and user.is_active and user.email):
        return False
    with translation.override(settings.LANGUAGE_CODE):
        try:
            portal_mail(user.email, str(subject), template, **context).send()
        except OSError:  # includes smtplib's exceptions
            logger.exception("Staff member %s could not be mailed", user.pk)
            return False
    return True


def absolute_url(name, *args):
    """Return the absolute URL of a named view."""
    return settings.PORTAL_URL + reverse(name, args=args)


def _sender():
    """Return the From header, with the portal's name unless DEFAULT_FROM_EMAIL has one."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or settings.PORTAL_NAME, address))
