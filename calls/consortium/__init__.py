from calls.consortium.report import SELF_FUNDED, Outcome, Partner
from calls.consortium.rules import check_consortium

__all__ = [
    "check_consortium",
    "Outcome",
    "Partner",
    "SELF_FUNDED",
]
