"""ETag, caching, methods and CORS."""

import pytest

from calls.models import Call
from tests.factories import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return published(Call)


def test_unchanged_answer_is_not_sent_again(api, call):
    for path in ("calls/", f"calls/{call.pk}/"):
        tag = api(path)["ETag"]
        again = api(path, headers={"if-none-match": tag})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == tag


def test_changed_answer_is_sent(api, call):
    path = f"calls/{call.pk}/"
    tag = api(path)["ETag"]
    Call.objects.update(title_en="Changed")
    again = api(path, headers={"if-none-match": tag})
    assert again.status_code == 200
    assert again.json()["title"] == "Changed"
    assert again["ETag"] != tag


def test_each_language_has_its_own_etag(api, call):
    assert api("calls/")["ETag"] != api("calls/", {"lang": "fr"})["ETag"]


def test_answers_may_be_stored_but_not_reused_unasked(api, call):
    response = api("calls/")
    assert set(response["Cache-Control"].split(", ")) == {"public", "no-cache"}
    assert "Cookie" not in response["Vary"]
    assert not response.cookies


def test_pages_of_any_origin_may_read(api, call):
    for path in ("calls/", "nothing/"):
        assert api(path)["Access-Control-Allow-Origin"] == "*"


def test_head_is_a_get_without_content(client, call):
    response = client.head("/api/v1/calls/")
    assert (response.status_code, response.content) == (200, b"")
    assert response["Content-Type"] == "application/json"


def test_options_tells_the_methods(client, call):
    response = client.options("/api/v1/calls/")
    assert response.status_code == 204
    assert response["Allow"] == "GET, HEAD, OPTIONS"
