from newsletter.consent import preferences
from newsletter.consent.leaving import erase, leave, stop
from newsletter.consent.log import (
    Origin,
    origin_of,
    record,
    sign_up_wording,
    truncated,
    wording_shown,
)
from newsletter.consent.origins import is_from_own_page, network_of
from newsletter.consent.retention import forget_old

__all__ = [
    "erase",
    "forget_old",
    "is_from_own_page",
    "leave",
    "network_of",
    "Origin",
    "origin_of",
    "preferences",
    "record",
    "sign_up_wording",
    "stop",
    "truncated",
    "wording_shown",
]
