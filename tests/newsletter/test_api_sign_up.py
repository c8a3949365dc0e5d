"""Tests of signing up by the API, which follows the rules of the form."""

import pytest

from newsletter.models import Refusal, SignUp, Subscriber
from newsletter.signup import SIGN_UPS_FROM_NETWORK, proof_of_work, risk
from tests import factories
from tests.newsletter.conftest import SIGN_UP

ADDRESS = "/api/v1/newsletter/"


@pytest.fixture
def post(client):
    def send(email="reader@example.org", headers=None, **members):
        body = {"email": email, **members}
        return client.post(ADDRESS, body, content_type="application/json", headers=headers)

    return send


def test_it_asks_for_what_was_chosen(post):
    factories.topic("Health", slug="health")
    answer = post(what=["calls"], topics=["health"], frequency="at_once", language="nl")
    assert answer.status_code == 202
    assert "no-store" in answer["Cache-Control"]
    sign_up = SignUp.objects.get()
    assert (sign_up.email, sign_up.language) == ("reader@example.org", "nl")
    assert sign_up.form_address == ADDRESS
    assert sign_up.choices == [
        {"kind": "topic", "what": "calls", "query": "topic=health", "frequency": "at_once"}
    ]


def test_the_answer_does_not_tell_whether_the_address_is_known(post, subscriber):
    subscriber("known@example.org", Subscriber.State.ACTIVE)
    answers = [post(email) for email in ("known@example.org", "new@example.org")]
    assert answers[0].content == answers[1].content
    assert SignUp.objects.count() == 2


@pytest.mark.parametrize(
    ("members", "field"),
    [
        ({"email": ""}, "email"),
        ({"email": None}, "email"),
        ({"email": {"a": 1}}, "email"),
        ({"email": "a\r\nBcc: b@example.org"}, "email"),
        ({"email": "a\0@example.org"}, "email"),
        ({"what": ["calls", "everything"]}, "what"),
        ({"topics": ["none"]}, "topics"),
        ({"topics": [["a"]]}, "topics"),
        ({"frequency": "hourly"}, "frequency"),
        ({"language": "x" * 10_000}, "language"),
    ],
)
def test_what_cannot_be_used_is_named(post, members, field):
    answer = post(**members)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert field in [error["field"] for error in answer.json()["errors"]]
    assert not SignUp.objects.exists()


@pytest.mark.parametrize("body", ["", "[]", "7", "null", '"a"', "{", '{"email": "\ud800"}'])
def test_a_body_that_is_no_object_is_refused(client, body):
    body = body.encode("utf-8", "surrogatepass")
    answer = client.post(ADDRESS, body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["status"] == 400


def test_only_json_is_taken(client):
    assert client.post(ADDRESS, {"email": "reader@example.org"}).status_code == 415
    assert not SignUp.objects.exists()


def test_the_form_is_no_way_round_the_limits(post, reader, monkeypatch):
    monkeypatch.setattr(risk, "NORMAL_RATE", 1000)
    for number in range(SIGN_UPS_FROM_NETWORK.max_events):
        reader.post(SIGN_UP, {"email": f"reader{number}@example.org"})
    answer = post()
    assert answer.status_code == 429
    assert answer["Retry-After"] == "3600"


def test_a_proof_is_asked_for_and_taken(post, monkeypatch):
    monkeypatch.setattr(risk, "NORMAL_RATE", 0)
    monkeypatch.setattr(proof_of_work, "BITS", 4)
    asked = post()
    assert asked.status_code == 428
    token = asked.json()["challenge"]["token"]
    nonce = next(str(n) for n in range(10_000) if proof_of_work.is_solved(token, str(n)))
    assert post(proof=token, nonce=nonce).status_code == 202
    assert post(proof=token, nonce=nonce).status_code == 428
    counts = dict(Refusal.objects.values_list("reason", "count"))
    assert counts == {"proof-asked": 1, "proof-wrong": 1}


def test_other_sites_and_robots_get_nothing(post):
    assert post(headers={"Origin": "https://evil.example"}).status_code == 403
    assert post(website="https://spam.example").status_code == 202
    assert not SignUp.objects.exists()


def test_it_is_only_posted_to(client):
    for method in ("get", "put", "patch", "delete"):
        assert getattr(client, method)(ADDRESS).status_code == 405
    assert client.post(f"{ADDRESS}?lang=xx", {}, "application/json").status_code == 400
