"""Signed links in mails: who holds one may act for the subscriber whom it names."""

from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, Signer, TimestampSigner

from newsletter.models import Subscriber

CONFIRMATION_LIFETIME = timedelta(hours=72)


class UnusableLink(Exception):  # noqa: N818 - what happened to the link, not to the program
    """A link that does nothing; `reason` is one of the words below."""

    BROKEN, EXPIRED, USED = "broken", "expired", "used"

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def confirmation_token(subscriber, language):
    """Works once, for 72 hours, and only as long as the subscriber's state does not change."""
    return _confirmations().sign_object([subscriber.pk, subscriber.token_version, language])


def read_confirmation(token):
    """The subscriber and the language that the token is for. Raises UnusableLink."""
    try:
        pk, version, language = _confirmations().unsign_object(
            token, max_age=CONFIRMATION_LIFETIME
        )
    except SignatureExpired:
        raise UnusableLink(UnusableLink.EXPIRED) from None
    except BadSignature:
        raise UnusableLink(UnusableLink.BROKEN) from None
    subscriber = Subscriber.objects.filter(pk=pk, token_version=version).first()
    if not subscriber or language not in dict(settings.LANGUAGES):
        raise UnusableLink(UnusableLink.USED)
    return subscriber, language


def unsubscription_token(subscriber):
    """Works for ever: the mails that carry it are kept for years."""
    return _unsubscriptions().sign_object([subscriber.pk])


def read_unsubscription(token):
    """The subscriber whom the token is for, or None when nothing is kept of them any more.

    Raises UnusableLink when the portal did not make the token.
    """
    try:
        (pk,) = _unsubscriptions().unsign_object(token)
    except BadSignature:
        raise UnusableLink(UnusableLink.BROKEN) from None
    return Subscriber.objects.filter(pk=pk).first()


# A full stop as separator, because mail programs end an address at some colons.
def _confirmations():
    return TimestampSigner(sep=".", salt="newsletter.confirm")


def _unsubscriptions():
    return Signer(sep=".", salt="newsletter.unsubscribe")
