from calls.consortium import rules
from calls.consortium.report import OWN_MONEY, Outcome, Partner

__all__ = [
    "Outcome",
    "OWN_MONEY",
    "Partner",
    "rules",
]
