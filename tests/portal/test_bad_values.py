"""Values to which stock Django, its admin or SQLite respond with a server error."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from calls.models import Call
from media.models import Document, DocumentVersion
from tests.factories import draft
from tests.staff import admin_url, signed_in

pytestmark = pytest.mark.django_db
HUGE = "9" * 23
LONG = "x" * 10_240


@pytest.mark.parametrize(
    "address",
    [
        f"/media/{LONG}",
        "/en/events/?online=-1",
        "/en/events/?online=(",
        f"/en/projects/?year={HUGE}",
        f"/documents/{LONG}/",
        f"/artwork/{LONG}/{LONG}.svg",
        f"/en/calls/{LONG}/",
    ],
)
def test_reader_gets_an_answer(client, address):
    assert client.get(address).status_code < 500


def test_options_of_the_reference_are_told(client):
    response = client.options("/api/v1/docs/")
    assert response.status_code == 204
    assert "GET" in response["Allow"]


@pytest.mark.parametrize(
    "query",
    [
        "?id__regex=(",
        "?title_en__iregex=(",
        "?reference__range=1",
        "?updated_at__year=0",
        "?closes_at__year=0",
        "?closes_at__gte=x",
        "?closes_at__year=2026&closes_at__month=13",
        f"?q={LONG}",
        f"?id={HUGE}",
        f"?initiative={HUGE}",
        "?o=garbage",
        f"?p={HUGE}",
        f"?closes_at__year={HUGE}",
        "?_to_field=",
        "?e=1",
    ],
)
def test_list_of_the_admin_is_shown_or_refused(query):
    response = signed_in().get(admin_url(Call, "changelist") + query)
    assert response.status_code < 500


@pytest.mark.parametrize("key", ["abc", "", "\0", HUGE, f"-{HUGE}", "1.5"])
def test_action_on_what_can_be_no_item_is_refused(key):
    data = {"action": "delete_selected", "_selected_action": [str(draft(Call).pk), key]}
    assert signed_in().post(admin_url(Call, "changelist"), data).status_code == 400
    assert Call.objects.exists()


@pytest.mark.parametrize("term", [LONG, "(", "%", "\\", "é\u202e💩"])
def test_search_for_choices_is_answered(term):
    query = {"app_label": "calls", "model_name": "call", "field_name": "initiative"}
    response = signed_in().get("/admin/autocomplete/", {**query, "term": term})
    assert response.json()["results"] == []


def test_form_with_a_number_beyond_the_database_is_refused():
    data = {"name": "Author", "permissions": HUGE, "_continue": "1"}
    assert signed_in().post("/admin/auth/group/1/change/", data).status_code in (200, 400)


def test_deletion_with_an_empty_field_name_is_carried_out():
    call = draft(Call)
    signed_in().post(admin_url(call, "delete"), {"post": "yes", "_to_field": ""})
    assert not Call.objects.exists()


def test_focal_point_beyond_all_bounds_is_the_middle():
    page = signed_in().get("/admin/media/image/add/", {"focal_point": "Infinity"})
    assert page.status_code == 200
    assert 'name="focal_point_x" value="50"' in page.text
    assert 'name="focal_point_y" value="50"' in page.text


def test_choices_are_offered_for_fields_of_forms_only():
    query = {"app_label": "publishing", "model_name": "document", "field_name": "calls"}
    assert signed_in().get("/admin/autocomplete/", query).status_code == 403


def test_file_that_is_no_picture_inside_is_refused():
    upload = SimpleUploadedFile(
        "picture.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n"
    )
    fields = {"name": "x", "licence": "own", "is_decorative": "on", "file": upload}
    page = signed_in().post("/admin/media/image/add/", fields)
    assert page.status_code == 200
    assert "file" in page.context["adminform"].form.errors


def test_document_that_only_staff_may_open_is_not_stored_on_the_way():
    document = Document.objects.create(
        title_en="x", slug="x", available_at=timezone.now() + timedelta(days=1)
    )
    DocumentVersion.objects.create(document=document, file=ContentFile(b"%PDF-1", "x.pdf"))
    assert "no-store" in signed_in().get("/documents/x/")["Cache-Control"]
    assert Client().get("/documents/x/").status_code == 404
