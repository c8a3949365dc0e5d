"""OpenAPI document and the reference generated from it."""

import json
import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import translation

from portal.api import openapi_document, router
from portal.api_reference import Reference, render_markup
from tests.api.content import TYPES


def operations():
    document = openapi_document()
    return [item["get"] for item in document["paths"].values()]


def test_document_is_valid_and_made_without_a_warning():
    document = StringIO()
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=document)
    assert document.getvalue().startswith("openapi: 3.")


def test_every_list_and_item_is_described():
    paths = {f"/api/v1/{name}/" for name in TYPES}
    paths |= {f"{path}{{id}}/" for path in paths} | {
        "/api/v1/calls/{id}/results/",
        "/api/v1/search/",
    }
    assert set(openapi_document()["paths"]) == paths
    assert {prefix for prefix, _view, _name in router.registry} == set(TYPES)


def test_problems_are_declared_with_an_example():
    for operation in operations():
        for status in ("400", "404", "429"):
            content = operation["responses"][status]["content"]["application/problem+json"]
            assert content["schema"]["$ref"].endswith("/Problem")
            (example,) = content["examples"].values()
            assert str(example["value"]["status"]) == status


def test_every_parameter_and_answer_is_explained():
    for operation in operations():
        assert operation["summary"]
        assert operation["description"]
        for part in (*operation["parameters"], *operation["responses"].values()):
            assert part.get("description") or part["in"] == "path"


@pytest.mark.parametrize("name", TYPES)
def test_described_parameters_are_those_that_the_list_knows(api, name):
    parameters = openapi_document()["paths"][f"/api/v1/{name}/"]["get"]["parameters"]
    described = {p["name"] for p in parameters if p["in"] == "query"}
    message = api(f"{name}/", {"unknown": "x"}).json()["errors"][0]["message"]
    known = message.split(": ", 1)[1].rstrip(".").split(", ")
    assert set(known) == described


def test_document_is_the_same_in_every_language():
    openapi_document.cache_clear()
    with translation.override("fr"):
        in_french = openapi_document()
    openapi_document.cache_clear()
    assert in_french == openapi_document()


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/vnd.oai.openapi+json", "application/vnd.oai.openapi+json"),
        ("application/yaml", "application/yaml"),
        ("*/*", "application/json"),
    ],
)
def test_document_is_served_as_the_client_prefers(api, accept, kind):
    response = api("schema/", headers={"accept": accept})
    assert response.status_code == 200
    assert response["Content-Type"].split(";")[0] == kind


def test_document_served_as_json_is_the_document(api):
    response = api("schema/", headers={"accept": "application/vnd.oai.openapi+json"})
    assert json.loads(response.content) == openapi_document()


@pytest.fixture
def docs(api, settings):
    """Return the HTML of the reference, without the manifest of `collectstatic`."""
    storage = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": storage}}
    return lambda **params: api("docs/", params)


def test_reference_shows_every_address_parameter_and_object(docs):
    html = docs().content.decode()
    for path, item in openapi_document()["paths"].items():
        assert f"<code>{path}</code>" in html
        for parameter in item["get"]["parameters"]:
            assert f"<code>{parameter['name']}</code>" in html
    for name in ("Call", "CallSummary", "KeyDate", "Money", "Problem"):
        assert f'id="{name}"' in html


def test_links_of_the_reference_lead_to_what_they_name(docs):
    html = docs().content.decode()
    anchors = set(re.findall(r'href="#([^"]+)"', html))
    assert anchors
    assert anchors <= set(re.findall(r' id="([^"]+)"', html))


def test_reference_speaks_the_readers_language_around_its_english_texts(docs):
    response = docs(lang="nl")
    html = response.content.decode()
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert '<html lang="nl"' in html
    assert '<div class="prose" lang="en">' in html
    assert 'href="/api/v1/docs/?lang=fr"' in html


def test_reference_has_nothing_inline_and_nothing_from_elsewhere(docs):
    html = docs().content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", html)
    assert not re.search(r'(?:src|<link[^>]*stylesheet[^>]*href)="(?:https?:)?//', html)


def test_choices_become_a_list_with_their_codes():
    field = Reference(openapi_document()).sections[0].endpoints[0].parameters
    status = next(parameter for parameter in field if parameter.name == "status")
    assert ("closing_soon", "Closing soon") in status.choices
    assert "closing_soon" not in status.text


def test_markup_of_descriptions_is_escaped():
    assert render_markup("`<b>` & **x**") == "<code>&lt;b&gt;</code> &amp; <strong>x</strong>"
