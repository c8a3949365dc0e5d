from newsletter.signup import confirmations, proof_of_work, risk
from newsletter.signup.confirmations import MAILS_TO_ADDRESS, confirm, mail_sign_ups
from newsletter.signup.disposable import is_disposable
from newsletter.signup.limits import SIGN_UPS_FROM_NETWORK, Limit
from newsletter.signup.process import ProofRequired, Refused, refuse_malformed, sign_up
from newsletter.signup.refusals import refuse

__all__ = [
    "confirm",
    "confirmations",
    "is_disposable",
    "Limit",
    "mail_sign_ups",
    "MAILS_TO_ADDRESS",
    "proof_of_work",
    "ProofRequired",
    "refuse",
    "refuse_malformed",
    "Refused",
    "risk",
    "sign_up",
    "SIGN_UPS_FROM_NETWORK",
]
