"""Models of subscribers, their consent and the mail to them."""

from newsletter.models.alert import DigestRun, Mute
from newsletter.models.consent import AppendOnly, ConsentEvent, Wording
from newsletter.models.delivery import BounceEvent, Delivery, DeliveryQuerySet, message_id
from newsletter.models.edition import Edition, EditionItem, EditionVariant
from newsletter.models.refusal import Refusal
from newsletter.models.sign_up import SignUp
from newsletter.models.subscriber import Subscriber, normalise_email
from newsletter.models.subscription import (
    EDITIONS,
    Frequency,
    Subscription,
    canonical_query,
    list_choices,
)
from newsletter.models.suppression import Suppression, address_hash, address_hashes

__all__ = [
    "EDITIONS",
    "list_choices",
    "address_hash",
    "address_hashes",
    "AppendOnly",
    "BounceEvent",
    "canonical_query",
    "ConsentEvent",
    "Delivery",
    "DeliveryQuerySet",
    "DigestRun",
    "Edition",
    "EditionItem",
    "EditionVariant",
    "Frequency",
    "message_id",
    "Mute",
    "normalise_email",
    "Refusal",
    "SignUp",
    "Subscriber",
    "Subscription",
    "Suppression",
    "Wording",
]
