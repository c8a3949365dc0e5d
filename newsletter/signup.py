"""Signing up: a mail that asks whether the owner of the address wants it."""

import logging

from django.db import transaction

from newsletter.limits import MAILS_TO_ADDRESS
from newsletter.mails import confirmation_mail, reminder_mail
from newsletter.models import Subscriber

logger = logging.getLogger(__name__)


class MailNotSent(Exception):  # noqa: N818 - the mail server's fault, not the caller's
    """The mail server did not take the mail; trying again later may help."""


def sign_up(*, email, language):
    """Write to the address, at most three times a day; nothing else happens until its owner
    confirms. Does the same, as far as the caller can tell, whether the address is known or
    not. Raises MailNotSent."""
    if not MAILS_TO_ADDRESS.take(email):
        logger.info("Sign-up: an address has had its mails of today")
        return
    with transaction.atomic(durable=True):  # written before anything is mailed
        subscriber, _created = Subscriber.objects.get_or_create(
            email=email, defaults={"language": language}
        )
    if subscriber.is_active:
        mail = reminder_mail(subscriber)
    else:
        mail = confirmation_mail(subscriber, language)
    _send(mail, subscriber)


def _send(mail, subscriber):
    try:
        mail.send()
    except OSError as problem:  # smtplib's exceptions too
        MAILS_TO_ADDRESS.give_back(subscriber.email)
        logger.exception("Sign-up: subscriber %s could not be mailed", subscriber.pk)
        raise MailNotSent from problem
