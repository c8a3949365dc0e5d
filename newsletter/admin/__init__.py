"""Admin of subscribers, consent records and editions."""

from newsletter.admin.consent import (
    ConsentEventAdmin,
    RefusalAdmin,
    SuppressionAdmin,
    WordingAdmin,
)
from newsletter.admin.edition import EditionAdmin
from newsletter.admin.subscriber import SignUpAdmin, SubscriberAdmin

__all__ = [
    "ConsentEventAdmin",
    "EditionAdmin",
    "RefusalAdmin",
    "SignUpAdmin",
    "SubscriberAdmin",
    "SuppressionAdmin",
    "WordingAdmin",
]
