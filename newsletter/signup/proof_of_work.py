"""Proof of work for sign-ups that look automated.

A browser computes it in a second or two without any action of the reader; without JavaScript,
waiting is accepted instead. No other site is involved. Either slows down a robot that does it
for each address, which is enough together with the rate limits.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.core.signing import BadSignature, TimestampSigner
from django.utils.crypto import constant_time_compare, salted_hmac

#: Leading zero bits required of a hash: 65,000 attempts on average.
BITS = 16
#: Waiting time that is accepted instead of a computed proof.
WAIT = timedelta(seconds=30)
LIFETIME = timedelta(hours=1)


@dataclass(frozen=True)
class Challenge:
    """Proof-of-work challenge.

    It is met by a `nonce` of digits such that SHA-256 of "<token>.<nonce>" begins with `bits`
    zero bits, or by the token alone after `wait` seconds.
    """

    token: str
    bits: int = BITS
    wait: int = int(WAIT.total_seconds())


def challenge(email, former=""):
    """Return a Challenge for one sign-up of this address.

    The challenge with the token `former` is reused until its waiting time is over.
    """
    if _value(email, former) and not _has_waited(former):
        return Challenge(former)
    return Challenge(_signer().sign(f"{secrets.token_urlsafe(12)}:{_email_digest(email)}"))


def is_met(email, token, nonce=""):
    """Return True if a challenge has been met, by work or by waiting.

    Each token is accepted once.
    """
    value = _value(email, token)
    if not value:
        return False
    is_done = is_solved(token, nonce) if nonce else _has_waited(token)
    return is_done and cache.add(f"proof:{value}", 1, int(LIFETIME.total_seconds()))


def _value(email, token):
    """Return the value signed by the token, or an empty string if it is invalid."""
    try:
        value = _signer().unsign(token, max_age=LIFETIME)
    except BadSignature:
        return ""
    return value if constant_time_compare(value.partition(":")[2], _email_digest(email)) else ""


def is_solved(token, nonce):
    if not (nonce.isascii() and nonce.isdigit() and len(nonce) <= 12):
        return False
    digest = hashlib.sha256(f"{token}.{nonce}".encode()).digest()
    return int.from_bytes(digest, "big") >> (256 - BITS) == 0


def _has_waited(token):
    try:
        _signer().unsign(token, max_age=WAIT)
    except BadSignature:  # older than WAIT; LIFETIME has been checked before
        return True
    return False


def _email_digest(email):
    return salted_hmac("newsletter.proof", email, algorithm="sha256").hexdigest()[:16]


def _signer():
    return TimestampSigner(sep=".", salt="newsletter.proof")
