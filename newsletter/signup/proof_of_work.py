"""A small piece of work that a sender has to do when sign-ups look like a robot's.

A browser computes it in a second or two, unasked; who has no scripts waits instead. Nothing is
to be seen, read or typed, and nothing is asked of another site. A robot that does either for
each of its addresses has become slow, which is all that is wanted: the caps do the rest.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.core.signing import BadSignature, TimestampSigner
from django.utils.crypto import constant_time_compare, salted_hmac

#: Leading zero bits that a hash has to have: 65,000 hashes on average.
BITS = 16
#: How long somebody waits who does not compute.
WAIT = timedelta(seconds=30)
LIFETIME = timedelta(hours=1)


@dataclass(frozen=True)
class Challenge:
    """What is asked for: a `nonce` of digits such that SHA-256 of "<token>.<nonce>" begins
    with so many zero bits; or to send the token alone after so many seconds."""

    token: str
    bits: int = BITS
    wait: int = int(WAIT.total_seconds())


def challenge(email, former=""):
    """A Challenge that serves for one sign-up of this address: the former one, given by its
    token, where its time of waiting is not over, else a new one."""
    if _value(email, former) and not _has_waited(former):
        return Challenge(former)
    return Challenge(_signer().sign(f"{secrets.token_urlsafe(12)}:{_bound(email)}"))


def is_met(email, token, nonce=""):
    """Whether a challenge has been met, by work or by waiting. True once a token."""
    value = _value(email, token)
    if not value:
        return False
    is_done = is_worked_out(token, nonce) if nonce else _has_waited(token)
    return is_done and cache.add(f"proof:{value}", 1, int(LIFETIME.total_seconds()))


def _value(email, token):
    """What the token stands for, or "" when it is none for this address."""
    try:
        value = _signer().unsign(token, max_age=LIFETIME)
    except BadSignature:
        return ""
    return value if constant_time_compare(value.partition(":")[2], _bound(email)) else ""


def is_worked_out(token, nonce):
    if not (nonce.isascii() and nonce.isdigit() and len(nonce) <= 12):
        return False
    digest = hashlib.sha256(f"{token}.{nonce}".encode()).digest()
    return int.from_bytes(digest, "big") >> (256 - BITS) == 0


def _has_waited(token):
    try:
        _signer().unsign(token, max_age=WAIT)
    except BadSignature:  # older, since it was good for an hour
        return True
    return False


def _bound(email):
    return salted_hmac("newsletter.proof", email, algorithm="sha256").hexdigest()[:16]


def _signer():
    return TimestampSigner(sep=".", salt="newsletter.proof")
