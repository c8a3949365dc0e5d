"""Keeps the proof of consent: who agreed to what, when, where and in which words."""

import hashlib
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from newsletter.consent.origins import address_of
from newsletter.models import ConsentEvent, Wording

#: Goes up with each change of what people agree to, so that the proof tells which text it was.
SIGN_UP = "sign-up-1"


@dataclass(frozen=True)
class Origin:
    """Where a person said something: the address of the form, and their network as far as the
    portal keeps it. Both empty for what the portal or its staff did."""

    form_address: str = ""
    network: str = ""


def origin_of(request):
    """The Origin of a request. Tokens in the address are left out: they open doors."""
    match = request.resolver_match
    token = match.kwargs.get("token") if match else None
    path = request.path.replace(token, "…") if token else request.path
    return Origin(path[:200], truncated(address_of(request)))


def truncated(address):
    """The first half of an IP address, or "" where the portal keeps none."""
    if not settings.NEWSLETTER_KEEP_NETWORK:
        return ""
    try:
        ip = ip_address(address)
    except ValueError:
        return ""
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return str(ip_network((int(ip), 24 if ip.version == 4 else 48), strict=False))


def sign_up_wording():
    """What is agreed to by signing up, in the active language."""
    text = _(
        "By pressing Subscribe you ask %(portal)s for mail to this address. We use the address "
        "and your choice for nothing else, and give them to nobody. Our mails don't record "
        "what you read. One click ends it."
    )
    return text % {"portal": settings.PORTAL_NAME}


def wording_shown():
    """The Wording of the sign-up in the active language, as it is kept for proof."""
    text = sign_up_wording()
    wording, _is_new = Wording.objects.get_or_create(
        identifier=SIGN_UP,
        language=get_language(),
        text_hash=hashlib.sha256(text.encode()).hexdigest(),
        defaults={"text": text},
    )
    return wording


def record(subscriber, event, *, origin=None, wording=None, message_id=""):
    """Append an event to the consent log, with what the subscriber now gets."""
    origin = origin or Origin()
    words = {}
    if wording:
        words = {
            "wording_id": wording.identifier,
            "wording_hash": wording.text_hash,
            "wording_language": wording.language,
        }
    return ConsentEvent.objects.create(
        subscriber=subscriber,
        address_hash=subscriber.address_hash,
        event=event,
        purposes=[s.purpose() for s in subscriber.subscriptions.active()],
        form_address=origin.form_address,
        network=origin.network,
        message_id=message_id,
        **words,
    )
