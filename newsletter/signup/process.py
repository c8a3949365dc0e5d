"""Sign-up by form or API, with the same rules and the same work for every address."""

import secrets
from dataclasses import dataclass

from newsletter.consent import current_wording, is_from_own_page, network_of, origin_of
from newsletter.models import Refusal, SignUp
from newsletter.signup import proof_of_work
from newsletter.signup.limits import SIGN_UPS_FROM_NETWORK
from newsletter.signup.refusals import refuse
from newsletter.signup.risk import is_risky

Reason = Refusal.Reason


class Refused(Exception):  # noqa: N818 - what was decided, not what went wrong
    """Rejected sign-up; `reason` is a Refusal.Reason, which is counted."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason
        refuse(reason)


@dataclass
class ProofRequired(Exception):  # noqa: N818 - as above
    """Sign-up that is accepted once the challenge is met."""

    challenge: proof_of_work.Challenge


def sign_up(request, form):
    """Queue the sign-up of a valid form for `newsletter.signup`.

    Nothing is looked up about the address, so that the response cannot depend on it. A sign-up
    caught by the honeypot is dropped silently. Raises Refused and ProofRequired.
    """
    if form.is_from_robot:
        refuse(Reason.TRAP)
        return
    if not is_from_own_page(request):
        raise Refused(Reason.OTHER_SITE)
    network = network_of(request)
    if SIGN_UPS_FROM_NETWORK.count(network) >= SIGN_UPS_FROM_NETWORK.max_events:
        raise Refused(Reason.NETWORK)
    _require_proof(form, network)
    if not SIGN_UPS_FROM_NETWORK.acquire(network):
        raise Refused(Reason.NETWORK)
    _queue(request, form)


def _require_proof(form, network):
    email, token = form.cleaned_data["email"], form.cleaned_data["proof"]
    if not is_risky(network):
        return
    if token and proof_of_work.is_met(email, token, form.cleaned_data["nonce"]):
        return
    refuse(Reason.PROOF_WRONG if token else Reason.PROOF_ASKED)
    raise ProofRequired(proof_of_work.challenge(email, token))


def _queue(request, form):
    origin = origin_of(request)
    SignUp.objects.create(
        email=form.cleaned_data["email"],
        language=form.cleaned_data["language"],
        choices=form.choices(),
        form_address=origin.form_address,
        network=origin.network,
        wording=current_wording(),
        nonce=secrets.token_urlsafe(24),
    )


def refuse_malformed(form):
    """Count an invalid form as refused if its address is malformed or disposable."""
    for error in form.errors.get("email", []) and form.errors["email"].as_data():
        if error.code in ("invalid", "disposable", "max_length", "null_characters_not_allowed"):
            is_disposable = error.code == "disposable"
            refuse(Reason.DISPOSABLE if is_disposable else Reason.MALFORMED)
            return
