"""Requests that stock Django answers with 500 get 400 and a reason."""

import pytest
from django.test import Client, RequestFactory
from django.urls import path

from portal.server.middleware import bad_request

PAGE, API = "/en/newsletter/", "/api/v1/calls/"
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=x"
SENTENCE = "The portal cannot understand this request"


@pytest.fixture
def client(db):
    """Return a client with a CSRF cookie, as browsers have.

    Only then does Django read the form before the view, and again while it renders the error.
    """
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrftoken"] = "a" * 32
    return client


def post(client, body, content_type, address="/en/newsletter/", **extra):
    return client.generic("POST", address, body, content_type, **extra)


@pytest.mark.parametrize(
    "charset",
    ["utf-7", "utf-16", "latin-1", "unicode_escape", "foo", "", "x" * 5000],
)
@pytest.mark.parametrize("address", [PAGE, "/en/", "/admin/login/", "/en/nowhere/"])
def test_another_charset_is_refused(client, address, charset):
    response = post(client, b"email=%E9", f"{FORM}; charset={charset}", address)
    assert response.status_code == 400
    assert SENTENCE in response.content.decode()


@pytest.mark.parametrize("charset", ["utf-7", "foo"])
def test_another_charset_is_refused_whatever_the_method(client, charset):
    for method in ("GET", "HEAD", "PUT", "OPTIONS"):
        response = client.generic(method, PAGE, CONTENT_TYPE=f"text/plain; charset={charset}")
        assert response.status_code == 400


@pytest.mark.parametrize("method", ["PROPFIND", "TRACE", "PUT", "DELETE", "x" * 3000])
@pytest.mark.parametrize("address", [PAGE, "/admin/login/", API])
def test_unknown_method_is_not_allowed(client, method, address):
    response = client.generic(method, address)
    assert response.status_code == 405
    assert "GET" in response["Allow"]


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"', "utf8", "U8"])
def test_utf_8_is_taken_under_all_its_names(client, charset):
    response = post(client, "email=é".encode(), f"{FORM}; charset={charset}")
    assert response.status_code == 400
    assert 'value="é"' in response.content.decode()  # the form again, with an error


@pytest.mark.parametrize("field", [b"email=%ff%fe", b"email=\xff\xfe", b"\xff=1", b"%00=%00"])
def test_a_form_that_is_not_utf_8_is_read_with_replacements(client, field):
    response = post(client, field, FORM)
    assert response.status_code == 400
    assert "page_email" in response.content.decode()


@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/form-data",
        "multipart/form-data; boundary=é",
        "multipart/form-data; boundary=",
    ],
)
def test_a_form_without_a_boundary_is_refused(client, content_type):
    response = post(client, b"--x--", content_type)
    assert response.status_code == 400


@pytest.mark.parametrize(
    "part",
    [
        b"",
        b"--x\r\n\r\n\r\n--x--\r\n",
        b"--x\r\nContent-Disposition: form-data; name*=foo''a\r\n\r\nv\r\n--x--\r\n",
        b"--x\r\nContent-Disposition: form-data; name=a; filename*=hex''a\r\n\r\n--x--\r\n",
        b"--x\r\nContent-Disposition: form-data; name=\xff\x00\r\n\r\n\xff\x00\r\n--x--\r\n",
        b"--x\r\nContent-Disposition: form-data; name=a; filename=b\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n!\xff\r\n--x--\r\n",
        b"--x\r\nContent-Type: \xff; charset=hex\r\n\r\n",
        b"--y--",
        b"\0" * 1000,
    ],
)
def test_a_broken_form_is_refused(client, part):
    assert post(client, part, MULTIPART).status_code == 400


@pytest.mark.parametrize("content_type", [FORM, MULTIPART])
@pytest.mark.parametrize("address", [PAGE, "/admin/login/"])
def test_too_many_fields_are_refused(client, settings, address, content_type):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    part = b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n"
    body = b"&".join([b"a=1"] * 9) if content_type == FORM else part * 9 + b"--x--"
    assert post(client, body, content_type, address).status_code == 400


def test_a_query_of_too_many_fields_is_refused(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    response = client.get(f"{PAGE}?{'&'.join('abcdefgh')}")
    assert response.status_code == 400
    assert SENTENCE in response.content.decode()


@pytest.mark.parametrize("content_type", [FORM, MULTIPART])
@pytest.mark.parametrize("address", [PAGE, "/admin/login/"])
def test_a_body_that_is_too_big_is_refused(client, settings, address, content_type):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    part = b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n%s\r\n--x--" % (b"1" * 200)
    body = b"a=" + b"1" * 200 if content_type == FORM else part
    assert post(client, body, content_type, address).status_code == 400


@pytest.mark.parametrize("length", ["abc", "-5", "1e3", "9" * 30, "9" * 5000, "٣"])
def test_a_content_length_that_is_no_number_is_refused(client, length):
    response = post(client, b"a=1", FORM, CONTENT_LENGTH=length)
    assert response.status_code == 400
    assert SENTENCE in response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/en/%00/",
        "/en/calls/a%00b/",
        "/en/calls/?q=a%00b",
        "/en/calls/?%00=1",
        "/en/?a=1&q=%00",
    ],
)
def test_a_nul_character_in_the_address_is_refused(client, address):
    response = client.get(address)
    assert response.status_code == 400
    assert SENTENCE in response.content.decode()
    assert "\0" not in response.content.decode()


@pytest.mark.parametrize("name", ["sessionid", "django_language", "x"])
def test_a_nul_character_in_a_cookie_is_refused(client, name):
    """PostgreSQL rejects NUL, and sessions are looked up by their cookie."""
    response = client.get("/admin/", headers={"Cookie": f'{name}="aaaaaaaaaa\\000"'})
    assert response.status_code == 400


@pytest.mark.parametrize("address", ["/en/%ED%A0%80/", "/en/%ff%fe/", "/en/calls/%C0%80/"])
def test_an_address_that_is_not_utf_8_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_a_wrong_host_is_refused(client):
    response = client.get(PAGE, headers={"Host": "evil.example"})
    assert response.status_code == 400


@pytest.mark.parametrize("address", [f"{API}?q=%00", f"{API}%00"])
def test_below_the_api_the_answer_is_a_problem(client, address):
    response = client.get(address)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem.pop("detail").endswith(".")
    assert problem == {"type": "about:blank", "title": "Bad Request", "status": 400}


@pytest.mark.parametrize(("prefix", "language"), [("en", "en"), ("fr", "fr"), ("nl", "nl")])
def test_the_page_is_in_the_language_of_the_address(client, prefix, language):
    response = client.get(f"/{prefix}/?q=%00")
    assert f'<html lang="{language}">' in response.content.decode()


def test_the_answer_sets_no_cookie(client):
    assert not client.get("/en/?q=%00").cookies


def reading(request):
    """Read all data of a request, and fail if that succeeds."""
    raise AssertionError([request.GET, request.POST, request.COOKIES])


urlpatterns = [path("reading/", reading)]


def test_nothing_is_read_before_the_refusal(client, settings):
    settings.ROOT_URLCONF = __name__
    response = post(client, b"a=1", f"{FORM}; charset=utf-7", "/reading/")
    assert response.status_code == 400


def test_the_handler_says_nothing_of_the_exception():
    request = RequestFactory().get("/en/")
    response = bad_request(request, ValueError("secret <path>"))
    assert response.status_code == 400
    assert b"secret" not in response.content
