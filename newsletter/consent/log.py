"""Consent log: who agreed to what, when, where and in which wording."""

import hashlib
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from newsletter.consent.origins import address_of
from newsletter.models import ConsentEvent, Wording

#: Identifier of the consent text; increment it whenever the meaning of the text changes.
SIGN_UP = "sign-up-2"


@dataclass(frozen=True)
class Origin:
    """Origin of a consent event: path of the form, and truncated network of the person.

    Both are empty for actions of the portal or its staff. The network is also empty unless
    NEWSLETTER_KEEP_NETWORK is set.
    """

    form_address: str = ""
    network: str = ""


def origin_of(request):
    """Return the Origin of a request.

    Tokens are removed from the path, because they grant access.
    """
    match = request.resolver_match
    token = match.kwargs.get("token") if match else None
    path = request.path.replace(token, "…") if token else request.path
    return Origin(path[:200], truncate_address(address_of(request)))


def truncate_address(address):
    """Return the network of an IP address (IPv4 /24 or IPv6 /48) as text.

    Returns an empty string for an invalid address, or if NEWSLETTER_KEEP_NETWORK is off.
    """
    if not settings.NEWSLETTER_KEEP_NETWORK:
        return ""
    try:
        ip = ip_address(address)
    except ValueError:
        return ""
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return str(ip_network((int(ip), 24 if ip.version == 4 else 48), strict=False))


def sign_up_wording():
    """Return the consent text of the sign-up form in the active language."""
    text = _(
        "By pressing “Subscribe”, you ask %(portal)s to send e-mails to this address. We use "
        "the address and your choices for nothing else, and pass them on to nobody. Our "
        "e-mails do not record what you read. You can unsubscribe with one click."
    )
    return text % {"portal": settings.PORTAL_NAME}


def current_wording():
    """Return the stored Wording of the current consent text, creating it if necessary."""
    text = sign_up_wording()
    wording, _is_new = Wording.objects.get_or_create(
        identifier=SIGN_UP,
        language=get_language(),
        text_hash=hashlib.sha256(text.encode()).hexdigest(),
        defaults={"text": text},
    )
    return wording


def record(subscriber, event, *, origin=None, wording=None, message_id=""):
    """Append an event to the consent log, with the subscriber's current subscriptions."""
    origin = origin or Origin()
    wording_fields = {}
    if wording:
        wording_fields = {
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
        **wording_fields,
    )
