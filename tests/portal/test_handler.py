"""The way from the server to Django, driven as a WSGI server drives it."""

import io

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from portal.handler import Handler

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def application(db):
    """The handler; as with Django's test client, it leaves the test its connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Handler()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def answer(application):
    """Status and body of the answer to a WSGI environment with these changes."""

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
    assert "can't be understood" in body or "page_email" in body


def test_too_long_a_query_with_a_charset_is_refused(answer, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    address = f"/en/newsletter/?{'&'.join('abcdef')}"
    assert answer(address, CONTENT_TYPE=f"{FORM}; charset=utf-8")[0] == 400


def test_what_can_be_read_is_answered(answer):
    status, body = answer(CONTENT_TYPE="text/plain; charset=utf-8")
    assert status == 200
    assert "page_email" in body
