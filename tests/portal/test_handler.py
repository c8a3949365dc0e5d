"""The WSGI handler, called as a WSGI server calls it."""

import io
from threading import BoundedSemaphore

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from portal.server import handler
from portal.server.handler import Handler

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def application(db):
    """Return the handler; like Django's test client, it keeps the test's connection open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Handler()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def answer(application):
    """Return a function that calls the handler and returns status and body."""

    def ask(path="/en/newsletter/", **changes):
        environ = RequestFactory().get(path).environ
        started = []
        parts = application(
            environ
            | {"wsgi.input": io.BytesIO(), "HTTP_COOKIE": "csrftoken=" + "a" * 32}
            | changes,
            lambda status, headers: started.append(status),
        )
        body = b"".join(parts)
        parts.close()
        return int(started[0].split()[0]), body.decode()

    return ask


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "parameter",
    [
        *[f"charset={name}" for name in ("hex", "base64", "rot13", "undefined", "a\0b", "é")],
        *[f"charset={name}" for name in ("idna", "punycode", "utf-7", "utf-16", "foo")],
        "charset*=foo''x",
        "charset*=utf-8''%00",
        "charset*=undefined''41",
        "name*=foo''x",
        "charset*0=u; charset*1*=foo''x",
    ],
)
def test_a_content_type_that_django_cannot_read_is_refused(answer, method, parameter):
    status, body = answer(
        "/en/newsletter/?q=%E9xn--",
        REQUEST_METHOD=method,
        CONTENT_TYPE=f"{FORM}; {parameter}",
    )
    assert status == 400
    assert "The portal cannot understand this request" in body or "page_email" in body


def test_too_long_a_query_with_a_charset_is_refused(answer, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    address = f"/en/newsletter/?{'&'.join('abcdef')}"
    assert answer(address, CONTENT_TYPE=f"{FORM}; charset=utf-8")[0] == 400


def test_what_can_be_read_is_answered(answer):
    status, body = answer(CONTENT_TYPE="text/plain; charset=utf-8")
    assert status == 200
    assert "page_email" in body


@pytest.fixture
def receivers(monkeypatch):
    """Limit the threads that may receive bodies to two."""
    monkeypatch.setattr(handler, "body_slots", BoundedSemaphore(2))
    return handler.body_slots


@pytest.fixture
def slow_senders(receivers):
    for _ in range(2):
        receivers.acquire()


SENT = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": FORM}


def sent(body):
    return SENT | {"CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}


@pytest.mark.parametrize("size", [1, 3 * handler.CHUNK_SIZE])
def test_a_form_is_received_whole(answer, receivers, size):
    email = b"a" * size
    status, body = answer(**sent(b"language=en&email=" + email))
    assert status == 400
    assert email.decode() in body


def test_slow_senders_leave_the_portal_to_its_readers(answer, slow_senders):
    assert answer()[0] == 200
    assert answer(CONTENT_LENGTH="0")[0] == 200


@pytest.mark.parametrize(
    ("path", "words"),
    [("/en/newsletter/", "try again in a minute"), ("/api/v1/calls/", '"status": 503')],
)
def test_while_too_much_is_being_sent_more_is_refused_unread(answer, slow_senders, path, words):
    form = sent(b"email=a")
    status, body = answer(path, **form)
    assert (status, form["wsgi.input"].tell()) == (503, 0)
    assert words in body


def test_a_sender_who_breaks_off_makes_place_for_the_next(answer, receivers):
    class Broken:
        def read(self, size):
            raise OSError

    for _ in range(3):
        with pytest.raises(OSError):
            answer(**sent(b"email=a") | {"wsgi.input": Broken()})
    assert answer(**sent(b"email=a"))[0] == 400


def test_more_than_the_portal_takes_is_refused_unread(answer, settings):
    form = sent(b"email=" + b"a" * 100)
    settings.MAX_BODY_SIZE = 100
    status, body = answer(**form)
    assert (status, form["wsgi.input"].tell()) == (400, 0)
    assert "The request is larger" in body
