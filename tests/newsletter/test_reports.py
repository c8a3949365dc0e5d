"""Tests of delivery reports from mail services and returned mails."""

import hashlib
import hmac
import json
import time

import pytest

from newsletter.delivery import process_returned_mail
from newsletter.models import BounceEvent, Suppression
from tests.newsletter.editions import readers, started_edition

pytestmark = pytest.mark.django_db

KEY = "signing-key"


@pytest.fixture
def sent(settings):
    """Create a delivery that the mail server has accepted."""
    settings.MAIL_SERVICE = "mailgun"
    settings.ANYMAIL = {"MAILGUN_WEBHOOK_SIGNING_KEY": KEY}
    readers(1)
    made = started_edition()
    made.deliveries.update(state="sent")
    return made.deliveries.get()


def post(client, row, event, key=KEY, number="1", **fields):
    signed = {"timestamp": str(int(time.time())), "token": "t" * 50}
    text = (signed["timestamp"] + signed["token"]).encode()
    signed["signature"] = hmac.new(key.encode(), text, hashlib.sha256).hexdigest()
    data = {
        "id": number,
        "event": event,
        "timestamp": time.time(),
        "recipient": "reader1@example.org",
        "message": {"headers": {"message-id": row.message_id}},
        **fields,
    }
    body = json.dumps({"signature": signed, "event-data": data})
    return client.post("/mail-reports/", body, content_type="application/json").status_code


def state(row):
    row.refresh_from_db()
    row.subscriber.refresh_from_db()
    return row.state, row.subscriber.state


def test_a_hard_bounce_suppresses_and_counts_once(sent, client):
    for _time in range(2):
        assert post(client, sent, "failed", severity="permanent", reason="bounce") == 200
    assert state(sent) == ("bounced", "bounced")
    assert BounceEvent.objects.count() == Suppression.objects.count() == 1


def test_a_complaint_suppresses(sent, client):
    assert post(client, sent, "complained") == 200
    assert state(sent) == ("complained", "complained")


def test_a_delivery_is_noted(sent, client):
    assert post(client, sent, "delivered") == 200
    assert state(sent) == ("delivered", "active")


def test_who_cannot_sign_is_refused(sent, client):
    refused = post(client, sent, "complained", key="guessed")
    assert refused in (400, 403)
    assert state(sent) == ("sent", "active")
    for body in ("", "{", "[]", "\0", "x" * 10_000):
        answer = client.post("/mail-reports/", body, content_type="application/json")
        assert 400 <= answer.status_code < 500


def test_without_a_service_there_is_no_such_address(sent, client, settings):
    settings.MAIL_SERVICE = ""
    assert post(client, sent, "complained") == 404


RETURNED = """From: MAILER-DAEMON@example.org
To: portal@localhost
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="x"

--x
Content-Type: text/plain

Sorry.
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; reader1@example.org
Action: failed
Status: {status}

--x
Content-Type: {kind}

Message-ID: <{message_id}>
Subject: News

--x--
"""


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_returned_mail_suppresses_once(sent, kind):
    text = RETURNED.format(status="5.1.1", kind=kind, message_id=sent.message_id).encode()
    assert process_returned_mail(text) == process_returned_mail(text) == "hard"
    assert state(sent) == ("bounced", "bounced")
    assert BounceEvent.objects.count() == 1


def test_other_mails_change_nothing(sent):
    guessed = RETURNED.format(status="5.1.1", kind="message/rfc822", message_id="a@localhost")
    soft = RETURNED.format(status="4.2.2", kind="message/rfc822", message_id=sent.message_id)
    odd = RETURNED.format(status="\0", kind="message/rfc822", message_id="\0")
    for text in (guessed, odd, "", "Subject: hello\n\nHello", "\0"):
        assert process_returned_mail(text.encode()) is None
    assert process_returned_mail(soft.encode()) == "soft"
    assert state(sent) == ("sent", "active")
