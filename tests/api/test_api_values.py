"""Values in the API: money, instants, statuses, images and documents."""

from datetime import timedelta

import pytest
from django.utils import timezone

from calls.models import Call
from media.models import Document
from tests import factories
from tests.api.content import make
from tests.factories import open_call, published

pytestmark = pytest.mark.django_db


def item(api, name):
    return api(f"{name}/{make(name).pk}/").json()


def test_money_is_exact_with_its_currency(api):
    money = {"amount": "370000000.00", "currency": "EUR", "is_approximate": True}
    initiative = item(api, "initiatives")
    assert initiative["budget"] == money
    assert initiative["participations"][0]["amount"]["amount"] == "1000000.50"


def test_project_has_its_contribution_to_the_cent(api):
    project = item(api, "projects")
    contribution = {"amount": "1234567.89", "currency": "EUR", "is_approximate": False}
    assert project["eu_contribution"] == contribution
    participant = project["participants"][0]
    assert participant["net_contribution"]["amount"] == "100.01"
    assert participant["total_cost"] is None


def test_key_date_is_told_in_utc_and_in_the_zone_of_its_announcement(api):
    date = item(api, "calls")["key_dates"][0]
    assert date["kind"] == "full-proposal"
    assert date["at"] == "2031-03-04T16:00:00Z"
    assert date["timezone"] == "Europe/Brussels"
    assert date["local_at"] == "2031-03-04T17:00:00+01:00"
    assert (date["certainty"], date["precision"]) == ("exact", "minute")
    assert (date["ends_at"], date["local_ends_at"]) == (None, None)


def test_event_is_told_in_utc_and_in_its_own_zone(api):
    event = item(api, "events")
    assert event["starts_at"] == "2031-03-04T16:00:00Z"
    assert event["local_starts_at"] == "2031-03-04T17:00:00+01:00"
    assert event["local_registration_deadline_at"] is None


def test_status_and_next_deadline_follow_the_clock(api):
    call = open_call(days_left=3)
    deadline = call.key_dates.get(kind="full-proposal")
    data = api(f"calls/{call.pk}/").json()
    assert data["status"] == "closing_soon"
    assert data["next_deadline"]["kind"] == "full-proposal"
    deadline.at = timezone.now() - timedelta(seconds=1)
    deadline.save()
    data = api(f"calls/{call.pk}/").json()
    assert (data["status"], data["next_deadline"]) == ("closed", None)


def test_missing_address_is_null(api):
    call = published(Call)
    assert api(f"calls/{call.pk}/").json()["submission_url"] is None


def test_relations_are_told_from_both_ends(api):
    initiative = make("initiatives")
    relations = api(f"initiatives/{initiative.pk}/").json()["relations"]
    assert [(r["kind"], r["is_inverse"]) for r in relations] == [
        ("continues", False),
        ("continues", True),
    ]
    other = relations[1]["initiative"]
    back = api(f"initiatives/{other['id']}/").json()["relations"]
    assert [(r["is_inverse"], r["initiative"]["id"]) for r in back] == [(False, initiative.pk)]


def test_organisation_tells_its_roles_and_where_it_is(api):
    organisation = item(api, "organisations")
    assert organisation["roles"][0]["role"] == "partner"
    assert organisation["region"] == {
        "code": "BE2",
        "name": "Flanders",
        "content_language": "en",
    }


def test_coordinates_are_numbers(api):
    place = factories.organisation(latitude="50.84673", longitude="4.35247")
    data = api(f"organisations/{place.pk}/").json()
    assert (data["latitude"], data["longitude"]) == (50.84673, 4.35247)


def test_picture_has_its_renditions_and_rights(api):
    picture = item(api, "calls")["lead_image"]
    assert picture["alt_text"] == "A laboratory"
    assert (picture["credit"], picture["licence"]) == ("Photo: A. Peeters", "cc-by")
    assert "source" not in picture  # which is for staff only
    assert {r["type"] for r in picture["renditions"]} == {
        "image/avif",
        "image/webp",
        "image/jpeg",
    }
    for rendition in picture["renditions"]:
        assert rendition["url"].startswith("http://testserver/media/")
    assert (picture["renditions"][0]["width"], picture["renditions"][0]["height"]) == (480, 300)


def test_document_has_a_stable_address_and_its_versions(api):
    document = item(api, "calls")["documents"][0]
    slug = Document.objects.get(title_en="Guidelines").slug
    assert document["url"] == f"http://testserver/documents/{slug}/"
    assert [v["number"] for v in document["versions"]] == [2, 1]
    assert document["versions"][0]["url"] == f"http://testserver/documents/{slug}/2/"
    assert (document["versions"][0]["extension"], document["versions"][0]["size"]) == (
        "PDF",
        1234,
    )


def test_document_shows_up_when_its_time_has_come(api):
    call = make("calls")
    Document.objects.update(available_at=timezone.now())
    assert len(api(f"calls/{call.pk}/").json()["documents"]) == 2


def test_document_without_a_file_is_left_out(api):
    call = published(Call)
    call.documents.add(Document.objects.create(title_en="Empty", slug="empty"))
    assert api(f"calls/{call.pk}/").json()["documents"] == []
