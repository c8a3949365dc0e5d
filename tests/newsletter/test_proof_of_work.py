"""Tests of the proof of work, by computing or waiting."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from newsletter.consent import current_wording
from newsletter.models import Refusal, SignUp
from newsletter.signup import proof_of_work, risk
from tests.newsletter.conftest import SIGN_UP

EMAIL = "reader@example.org"


@pytest.fixture
def risky(monkeypatch):
    monkeypatch.setattr(risk, "NORMAL_RATE", 0)
    monkeypatch.setattr(proof_of_work, "BITS", 4)


@pytest.fixture
def advance_clock(monkeypatch):
    """Return a function that lets seconds pass."""
    now = signing.time.time()

    def wait(seconds):
        monkeypatch.setattr(signing.time, "time", lambda: now + seconds)

    return wait


def solve(token):
    return next(str(n) for n in range(10_000) if proof_of_work.is_solved(token, str(n)))


def hidden(page):
    """Return the fields that the form of the page posts."""
    main = page.content.decode().partition("data-proof-of-work")[2].partition("</form>")[0]
    pairs = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', main)
    return {name: [v for n, v in pairs if n == name] for name, _value in pairs}


def test_the_first_sign_ups_of_a_network_prove_nothing(sign_up):
    answers = [
        sign_up(f"reader{n}@example.org").status_code for n in range(risk.NORMAL_RATE + 1)
    ]
    assert answers == [302] * risk.NORMAL_RATE + [428]


def test_the_page_sends_the_same_once_more(reader, risky):
    sent = {"email": EMAIL, "what": ["calls", "news"], "form": "full", "frequency": "daily"}
    form = hidden(reader.post(SIGN_UP, sent))
    assert form["what"] == ["calls", "news"]
    form["nonce"] = solve(form["proof"][0])
    assert reader.post(SIGN_UP, form).status_code == 302
    assert [c["what"] for c in SignUp.objects.get().choices] == ["calls", "news"]


def test_who_has_no_scripts_waits(reader, risky, advance_clock):
    form = hidden(reader.post(SIGN_UP, {"email": EMAIL}))
    early = reader.post(SIGN_UP, form)
    assert early.status_code == 428
    assert b"too soon" in early.content
    assert hidden(early)["proof"] == form["proof"]  # the waiting time does not restart
    advance_clock(31)
    assert reader.post(SIGN_UP, form).status_code == 302
    assert SignUp.objects.count() == 1


def test_a_proof_serves_once_for_one_address_and_an_hour(risky, advance_clock):
    token = proof_of_work.challenge(EMAIL).token
    nonce = solve(token)
    assert not proof_of_work.is_met("other@example.org", token, nonce)
    assert proof_of_work.is_met(EMAIL, token, nonce)
    assert not proof_of_work.is_met(EMAIL, token, nonce)
    token = proof_of_work.challenge(EMAIL).token
    advance_clock(3601)
    assert not proof_of_work.is_met(EMAIL, token, solve(token))


@given(token=st.text(max_size=60), nonce=st.text(max_size=14))
def test_nothing_that_is_made_up_is_a_proof(token, nonce):
    assert not proof_of_work.is_met(EMAIL, token, nonce)


def test_the_alarm_is_raised_when_hardly_anybody_confirms(db, sign_up):
    mailed_at = timezone.now() - timedelta(hours=2)
    wording = current_wording()
    SignUp.objects.bulk_create(
        SignUp(
            email=f"{n}@example.org",
            nonce=str(n),
            wording=wording,
            mailed_at=mailed_at,
            confirmed_at=mailed_at if n % 6 == 0 else None,
        )
        for n in range(risk.MIN_MAILS)
    )
    assert risk.is_alarm()
    assert sign_up().status_code == 428
    counts = dict(Refusal.objects.values_list("reason", "count"))
    assert counts == {"alarm": 1, "proof-asked": 1}
