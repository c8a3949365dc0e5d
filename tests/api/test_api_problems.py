"""Errors below /api/ as problem details (RFC 9457)."""

import pytest
from rest_framework.throttling import AnonRateThrottle

from tests.api.content import TYPES
from website.api.views import PublishableViewSet

every_type = pytest.mark.parametrize("name", TYPES)


def problem(response, status):
    """Return the problem of a response, after checking its format."""
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert "no-store" in response["Cache-Control"]
    data = response.json()
    assert data["status"] == status
    assert {"type", "title", "detail"} <= set(data)
    return data


def errors(response):
    return {error["field"]: error["message"] for error in problem(response, 400)["errors"]}


@every_type
def test_unknown_parameter_is_refused_with_the_known_ones(api, name):
    found = errors(api(f"{name}/", {"colour": "red", "q": "x"}))
    assert list(found) == ["colour"]
    for known in ("lang", "page", "page_size", "q", "slug", "sort"):
        assert known in found["colour"]


@every_type
def test_item_knows_no_filters(api, name):
    item = TYPES[name][0]()
    assert list(errors(api(f"{name}/{item.pk}/", {"q": "x"}))) == ["q"]


@pytest.mark.parametrize("path", ["", "schema/", "docs/"])
def test_unknown_parameter_is_refused_elsewhere_too(api, path):
    assert list(errors(api(path, {"format": "xml"}))) == ["format"]


def test_parameter_called_like_a_member_of_problems_is_an_unknown_parameter(api):
    assert list(errors(api("calls/", {"detail": "x"}))) == ["detail"]


def test_very_long_name_is_not_repeated_in_full(api):
    assert len(api("calls/", {"n" * 10_000: "x"}).content) < 1000


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("calls", {"lang": "de"}),
        ("calls", {"status": "ajar"}),
        ("calls", {"kind": "secret"}),
        ("calls", {"country": "Belgium"}),
        ("calls", {"sort": "shoe-size"}),
        ("calls", {"deadline_from": "2026-02-30"}),
        ("calls", {"deadline_until": "tomorrow"}),
        ("calls", {"initiative": "no-such-one"}),
        ("calls", {"topic": "no-such-one"}),
        ("calls", {"q": "x" * 10_000}),
        ("calls", {"slug": "no slug"}),
        ("calls", {"slug": "é"}),
        ("calls", {"page": "first"}),
        ("calls", {"page": "0"}),
        ("calls", {"page": "-1"}),
        ("calls", {"page": "1.5"}),
        ("calls", {"page": "٣"}),
        ("calls", {"page": "9" * 5000}),
        ("calls", {"page_size": "0"}),
        ("calls", {"page_size": "all"}),
        ("news", {"year": "MMXXVI"}),
        ("news", {"year": "NaN"}),
        ("news", {"year": "10000000000"}),
        ("events", {"online": "perhaps"}),
        ("events", {"when": "now"}),
        ("organisations", {"region": "nowhere"}),
        ("topics", {"parent": "nothing"}),
    ],
)
def test_value_that_cannot_be_used_is_refused_by_name(api, name, params):
    assert list(errors(api(f"{name}/", params))) == list(params)


@every_type
@pytest.mark.parametrize("query", ["q=%00", "slug=%00", "page=%00", "lang=%00", "%00=1"])
def test_nul_character_is_refused(api, client, name, query):
    response = client.get(f"/api/v1/{name}/?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


@every_type
@pytest.mark.parametrize("query", ["q=%ff%fe", "q=%F0%9F", "q=%25%5F%27%22%5C", "q=&page="])
def test_odd_query_finds_nothing_or_all_but_does_not_fail(db, client, name, query):
    response = client.get(f"/api/v1/{name}/?{query}")
    assert response.status_code == 200
    assert response.json()["results"] == []


@pytest.mark.parametrize("value", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("name", ["deadline_from", "deadline_until"])
def test_dates_at_the_ends_of_the_calendar_do_not_fail(api, name, value):
    assert api("calls/", {name: value}).status_code in (200, 400)


@every_type
@pytest.mark.parametrize("page", ["2", "1000000000"])
def test_page_beyond_the_last_is_not_found(api, name, page):
    problem(api(f"{name}/", {"page": page}), 404)


@pytest.mark.parametrize(
    "path",
    [
        "calls/1/",
        "calls/99999999999999999999999999/",
        "calls/-1/",
        "calls/abc/",
        "calls/%FF/",
        "calls/1/offers/",
        "nothing/",
        "nothing",
        "calls.json",
    ],
)
def test_unknown_address_is_not_found(api, path):
    problem(api(path), 404)


def test_missing_slash_leads_to_the_same_address_with_it(api):
    response = api("calls", {"status": "open"})
    assert response.status_code == 301
    assert response["Location"] == "/api/v1/calls/?status=open"


@pytest.mark.parametrize("path", ["", "calls/", "calls/1/", "schema/", "docs/"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(db, client, method, path):
    response = getattr(client, method)(
        f"/api/v1/{path}", data="{}", content_type="application/json"
    )
    problem(response, 405)
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_other_formats_than_json_are_not_acceptable(api):
    problem(api("calls/", headers={"accept": "text/csv"}), 406)


def test_reference_is_not_to_be_had_as_json(api):
    problem(api("docs/", headers={"accept": "application/json"}), 406)


def test_too_many_requests_are_told_when_to_come_again(api, monkeypatch):
    monkeypatch.setattr(AnonRateThrottle, "rate", "2/min", raising=False)
    assert [api("calls/").status_code for _ in range(2)] == [200, 200]
    response = api("calls/")
    problem(response, 429)
    assert 0 < int(response["Retry-After"]) <= 60


def test_unforeseen_error_is_a_problem_that_tells_nothing_of_it(
    api, client, monkeypatch, caplog
):
    def fail(self):
        raise RuntimeError("the password is swordfish")

    monkeypatch.setattr(PublishableViewSet, "get_queryset", fail)
    client.raise_request_exception = False
    response = api("calls/")
    assert "swordfish" not in str(problem(response, 500))
    assert "swordfish" in caplog.text


def test_unforeseen_error_reaches_those_who_listen_for_errors(api, monkeypatch):
    def fail(self):
        raise RuntimeError("noticed")

    monkeypatch.setattr(PublishableViewSet, "get_queryset", fail)
    with pytest.raises(RuntimeError, match="noticed"):
        api("calls/")


@pytest.mark.parametrize(("language", "part"), [("fr", "Sélectionnez"), ("nl", "Selecteer")])
def test_problem_is_told_in_the_language_asked_for(api, language, part):
    response = api("calls/", {"lang": language, "status": "ajar"})
    assert response["Content-Language"] == language
    assert part in errors(response)["status"]


def test_every_type_is_listed_at_the_root(api):
    links = api().json()
    assert set(links) == {*TYPES, "search", "schema", "docs"}
    assert links["calls"] == "http://testserver/api/v1/calls/"
