"""Models of subscribers, their consent and the mail to them."""

from newsletter.models.alert import DigestRun, Mute
from newsletter.models.consent import ConsentEvent, Wording
from newsletter.models.delivery import BounceEvent, Delivery
from newsletter.models.edition import Edition, EditionItem, EditionVariant
from newsletter.models.refusal import Refusal
from newsletter.models.sign_up import SignUp
from newsletter.models.subscriber import Subscriber, normalised
from newsletter.models.subscription import Frequency, Subscription
from newsletter.models.suppression import Suppression, address_hash, address_hashes

__all__ = [
    "BounceEvent",
    "ConsentEvent",
    "Delivery",
    "DigestRun",
    "Edition",
    "EditionItem",
    "EditionVariant",
    "Frequency",
    "Mute",
    "Refusal",
    "SignUp",
    "Subscriber",
    "Subscription",
    "Suppression",
    "Wording",
    "address_hash",
    "address_hashes",
    "normalised",
]
