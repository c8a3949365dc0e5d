"""Contract of all lists and items of the API."""

from functools import cache
from urllib.parse import urlsplit

import jsonschema
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils import translation

from calls.models import Call
from initiatives.models import Initiative
from portal.api import openapi_document
from tests import factories
from tests.api import content
from tests.api.content import SECRET, TYPES, hidden, make, new_call, new_project

every_type = pytest.mark.parametrize("name", TYPES)


def declared(name, is_list):
    """Return the JSON schema that the OpenAPI document declares for an endpoint."""
    api = openapi_document()
    path = f"/api/v1/{name}/" + ("" if is_list else "{id}/")
    content = api["paths"][path]["get"]["responses"]["200"]["content"]
    schema = content["application/json"]["schema"]
    return _as_json_schema({**schema, "components": api["components"]})


def _as_json_schema(node):
    """Convert OpenAPI 3.0's `nullable` to JSON schema."""
    if isinstance(node, list):
        return [_as_json_schema(child) for child in node]
    if not isinstance(node, dict):
        return node
    schema = {key: _as_json_schema(child) for key, child in node.items() if key != "nullable"}
    return {"anyOf": [schema, {"type": "null"}]} if node.get("nullable") is True else schema


@every_type
def test_list_is_as_the_openapi_document_says(api, name):
    item = make(name)
    data = api(f"{name}/").json()
    assert item.pk in [found["id"] for found in data["results"]]
    jsonschema.validate(data, declared(name, is_list=True))


@every_type
def test_item_is_as_the_openapi_document_says(api, name):
    item = make(name)
    data = api(f"{name}/{item.pk}/").json()
    assert data["slug"] == item.slug
    jsonschema.validate(data, declared(name, is_list=False))


@every_type
def test_item_is_found_by_its_slug(api, name):
    item, _other = make(name), make(name)
    found = api(f"{name}/", {"slug": item.slug}).json()["results"]
    assert [data["id"] for data in found] == [item.pk]


@every_type
def test_links_are_absolute_and_lead_to_the_item(api, client, name):
    item = make(name)
    data = api(f"{name}/{item.pk}/", {"lang": "fr"}).json()
    assert data["api_url"] == f"http://testserver/api/v1/{name}/{item.pk}/"
    assert client.get(data["api_url"]).json()["id"] == item.pk
    assert data["url"].startswith("http://testserver/fr/")
    with translation.override("fr"):
        assert resolve(urlsplit(data["url"]).path).kwargs == {"slug": item.slug}


@every_type
def test_nothing_hidden_is_told_through_a_relation(api, name):
    item = make(name)
    for path in (f"{name}/", f"{name}/{item.pk}/"):
        response = api(path)
        assert response.status_code == 200
        assert SECRET.lower() not in response.content.decode().lower()


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("initiatives", {"relations": 2, "milestones": 2, "resources": 1}),
        ("calls", {"documents": 1}),
        ("news", {"initiatives": 1, "calls": 1, "projects": 1}),
        ("events", {"initiatives": 1, "calls": 1, "projects": 1, "documents": 1}),
        ("organisations", {"roles": 1}),
    ],
)
def test_what_is_public_is_told_where_its_neighbour_is_hidden(api, name, rows):
    data = api(f"{name}/{make(name).pk}/").json()
    assert {field: len(data[field]) for field in rows} == rows


def test_milestone_without_its_document_while_that_is_not_available(api):
    milestones = api(f"initiatives/{make('initiatives').pk}/").json()["milestones"]
    titles = [m["document"] and m["document"]["title"] for m in milestones]
    assert titles == ["Guidelines", None]


def test_call_does_not_tell_its_draft_initiative(api):
    initiative = hidden(Initiative)
    call = new_call(initiative=initiative)
    assert api(f"calls/{call.pk}/").json()["initiative"] is None
    assert api("calls/").json()["results"][0]["initiative"] is None
    assert api("calls/", {"initiative": initiative.slug}).status_code == 400
    assert api("projects/", {"initiative": initiative.slug}).status_code == 400


def test_project_does_not_tell_its_draft_call(api):
    call = hidden(Call)
    project = new_project(call=call)
    assert api(f"projects/{project.pk}/").json()["call"] is None
    assert api("projects/").json()["results"][0]["call"] is None
    assert api("projects/", {"call": call.slug}).status_code == 400


def queries(api, path):
    with CaptureQueriesContext(connection) as captured:
        assert api(path).status_code == 200
    return len(captured)


@every_type
def test_list_takes_as_many_queries_for_30_items_as_for_one(api, name, monkeypatch):
    # All items share the objects their rows refer to: making these is the slowest part.
    for related in ("funder", "document", "hidden_document"):
        monkeypatch.setattr(content, related, cache(getattr(content, related)))
    make(name)
    path = f"{name}/?page_size=100"
    for_one = queries(api, path)
    monkeypatch.setattr(content, "published", factories.live)
    factories.index_items([make(name) for _ in range(29)])
    assert api(path).json()["count"] >= 30
    assert queries(api, path) == for_one


@every_type
def test_item_takes_as_many_queries_for_30_rows_as_for_one(api, name):
    item = make(name)
    path = f"{name}/{item.pk}/"
    for_one = queries(api, path)
    for _ in range(29):
        TYPES[name][1](item)
    assert queries(api, path) == for_one
