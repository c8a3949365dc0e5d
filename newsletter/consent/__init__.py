from newsletter.consent import preferences
from newsletter.consent.log import (
    Origin,
    current_wording,
    origin_of,
    record,
    sign_up_wording,
    truncate_address,
)
from newsletter.consent.origins import is_from_own_page, network_of
from newsletter.consent.retention import delete_expired
from newsletter.consent.unsubscribing import end_subscription, erase, unsubscribe

__all__ = [
    "erase",
    "delete_expired",
    "is_from_own_page",
    "unsubscribe",
    "network_of",
    "Origin",
    "origin_of",
    "preferences",
    "record",
    "sign_up_wording",
    "end_subscription",
    "truncate_address",
    "current_wording",
]
