"""Signed tokens in the links of mails; a token authorises actions for its subscriber.

All tokens of a kind have the same length, so that the mails to different recipients differ only
in these characters.
"""

import re
from datetime import timedelta

from django.core.signing import BadSignature, SignatureExpired, Signer, TimestampSigner

from newsletter.models import SignUp, Subscriber, Subscription

CONFIRMATION_LIFETIME = timedelta(hours=72)
#: Limited, because mails are forwarded and mailboxes change hands.
PREFERENCES_LIFETIME = timedelta(days=365)
#: Scope of a one-click link: all mail to a person, or one subscription.
PERSON, ONE = "p", "s"


class UnusableLink(Exception):  # noqa: N818 - what happened to the link, not to the program
    """Link that cannot be used; `reason` is one of the constants below."""

    BROKEN, EXPIRED, USED = "broken", "expired", "used"

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def confirmation_token(sign_up):
    """Return a token that confirms the sign-up, once and within 72 hours."""
    return _confirmations().sign(sign_up.nonce)


def read_confirmation(token):
    """Return the SignUp that the token confirms. Raises UnusableLink."""
    nonce = _unsigned(_confirmations(), token, CONFIRMATION_LIFETIME)
    sign_up = SignUp.objects.open().filter(nonce=nonce).first()
    if not sign_up:
        raise UnusableLink(UnusableLink.USED)
    return sign_up


def preferences_token(subscriber):
    """Return a token for the subscriber's preferences page, valid for a year."""
    return _preferences().sign(f"{subscriber.pk:012x}{subscriber.token_version:04x}")


def read_preferences(token):
    """Return the subscriber of a preferences token. Raises UnusableLink."""
    value = _unsigned(_preferences(), token, PREFERENCES_LIFETIME)
    pk, version = int(value[:12], 16), int(value[12:], 16)
    found = Subscriber.objects.filter(pk=pk, token_version=version)
    subscriber = found.exclude(state=Subscriber.State.ERASED).first()
    if not subscriber:
        raise UnusableLink(UnusableLink.USED)
    return subscriber


def unsubscription_token(subscriber, subscription=None):
    """Return a token that ends all mail to the subscriber, or one subscription.

    It never expires, because mails are kept for years.
    """
    kind, pk = (ONE, subscription.pk) if subscription else (PERSON, subscriber.pk)
    return _unsubscriptions().sign(f"{kind}{pk:012x}")


def read_unsubscription(token):
    """Return (subscriber, subscription) of a token.

    The subscription is None if the token ends all mail. Both are None if the data has been
    deleted. Raises UnusableLink if the portal did not issue the token.
    """
    value = _unsigned(_unsubscriptions(), token)
    pk = int(value[1:], 16)
    if value[0] == PERSON:
        return Subscriber.objects.filter(pk=pk).first(), None
    found = Subscription.objects.select_related("subscriber").filter(pk=pk).first()
    return (found.subscriber, found) if found else (None, None)


def mute_token(subscriber, content_type_id, object_id):
    """Return a token that mutes one item for the subscriber. It never expires."""
    return _mutes().sign(f"{subscriber.pk:012x}{content_type_id:06x}{object_id:012x}")


def read_mute(token):
    """Return (subscriber, content type id, object id) of a token.

    The subscriber is None if deleted or erased. Raises UnusableLink if the portal did not issue
    the token.
    """
    value = _unsigned(_mutes(), token)
    pk, kind, key = (int(part, 16) for part in (value[:12], value[12:18], value[18:]))
    found = Subscriber.objects.exclude(state=Subscriber.State.ERASED)
    return found.filter(pk=pk).first(), kind, key


def _unsigned(signer, token, lifetime=None):
    lifetime = {"max_age": lifetime} if lifetime else {}
    # Databases reject some other characters, and int() accepts more than digits.
    if not re.fullmatch(r"[\w.-]{1,200}", token, re.ASCII):
        raise UnusableLink(UnusableLink.BROKEN)
    try:
        return signer.unsign(token, **lifetime)
    except SignatureExpired:
        raise UnusableLink(UnusableLink.EXPIRED) from None
    except BadSignature:
        raise UnusableLink(UnusableLink.BROKEN) from None


# A full stop as separator, because some mail programs cut off a URL at a colon.
def _confirmations():
    return TimestampSigner(sep=".", salt="newsletter.confirm")


def _preferences():
    return TimestampSigner(sep=".", salt="newsletter.consent.preferences")


def _unsubscriptions():
    return Signer(sep=".", salt="newsletter.unsubscribe")


def _mutes():
    return Signer(sep=".", salt="newsletter.mute")
