"""Signed links in mails: who holds one may act for the subscriber whom it names.

Tokens of a kind have all the same length, so that one mail with many recipients differs from
one to the next in nothing but the letters.
"""

import re
from datetime import timedelta

from django.core.signing import BadSignature, SignatureExpired, Signer, TimestampSigner

from newsletter.models import SignUp, Subscriber, Subscription

CONFIRMATION_LIFETIME = timedelta(hours=72)
#: Of the link to one's own page: mails get forwarded, and mailboxes pass to others.
PREFERENCES_LIFETIME = timedelta(days=365)
#: What a one-click link ends: all mail to a person, or one subscription.
PERSON, ONE = "p", "s"


class UnusableLink(Exception):  # noqa: N818 - what happened to the link, not to the program
    """A link that does nothing; `reason` is one of the words below."""

    BROKEN, EXPIRED, USED = "broken", "expired", "used"

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def confirmation_token(sign_up):
    """Works once, for 72 hours."""
    return _confirmations().sign(sign_up.nonce)


def read_confirmation(token):
    """The SignUp that the token confirms. Raises UnusableLink."""
    nonce = _unsigned(_confirmations(), token, CONFIRMATION_LIFETIME)
    sign_up = SignUp.objects.open().filter(nonce=nonce).first()
    if not sign_up:
        raise UnusableLink(UnusableLink.USED)
    return sign_up


def preferences_token(subscriber):
    """Opens the subscriber's own page for a year."""
    return _preferences().sign(f"{subscriber.pk:012x}{subscriber.token_version:04x}")


def read_preferences(token):
    """The subscriber whose page it is. Raises UnusableLink."""
    value = _unsigned(_preferences(), token, PREFERENCES_LIFETIME)
    pk, version = int(value[:12], 16), int(value[12:], 16)
    found = Subscriber.objects.filter(pk=pk, token_version=version)
    subscriber = found.exclude(state=Subscriber.State.ERASED).first()
    if not subscriber:
        raise UnusableLink(UnusableLink.USED)
    return subscriber


def unsubscription_token(subscriber, subscription=None):
    """Ends all mail to the subscriber, or only the subscription given. Works for ever: the
    mails that carry it are kept for years."""
    kind, pk = (ONE, subscription.pk) if subscription else (PERSON, subscriber.pk)
    return _unsubscriptions().sign(f"{kind}{pk:012x}")


def read_unsubscription(token):
    """(subscriber, subscription) that the token is for. The subscription is None where it ends
    all mail, and the subscriber when nothing is kept of them any more.

    Raises UnusableLink when the portal did not make the token.
    """
    value = _unsigned(_unsubscriptions(), token)
    pk = int(value[1:], 16)
    if value[0] == PERSON:
        return Subscriber.objects.filter(pk=pk).first(), None
    found = Subscription.objects.select_related("subscriber").filter(pk=pk).first()
    return (found.subscriber, found) if found else (None, None)


def mute_token(subscriber, content_type_id, object_id):
    """Lets the subscriber mute one item. Works for ever, as do those that end mail."""
    return _mutes().sign(f"{subscriber.pk:012x}{content_type_id:06x}{object_id:012x}")


def read_mute(token):
    """(subscriber, content type id, object id) that the token is for; the subscriber is None
    when they are gone. Raises UnusableLink when the portal did not make the token."""
    value = _unsigned(_mutes(), token)
    pk, kind, key = (int(part, 16) for part in (value[:12], value[12:18], value[18:]))
    found = Subscriber.objects.exclude(state=Subscriber.State.ERASED)
    return found.filter(pk=pk).first(), kind, key


def _unsigned(signer, token, lifetime=None):
    lifetime = {"max_age": lifetime} if lifetime else {}
    # Only these letters: a database refuses some others, and int() takes more than digits.
    if not re.fullmatch(r"[\w.-]{1,200}", token, re.ASCII):
        raise UnusableLink(UnusableLink.BROKEN)
    try:
        return signer.unsign(token, **lifetime)
    except SignatureExpired:
        raise UnusableLink(UnusableLink.EXPIRED) from None
    except BadSignature:
        raise UnusableLink(UnusableLink.BROKEN) from None


# A full stop as separator, because mail programs end an address at some colons.
def _confirmations():
    return TimestampSigner(sep=".", salt="newsletter.confirm")


def _preferences():
    return TimestampSigner(sep=".", salt="newsletter.consent.preferences")


def _unsubscriptions():
    return Signer(sep=".", salt="newsletter.unsubscribe")


def _mutes():
    return Signer(sep=".", salt="newsletter.mute")
