"""Tests of scheduled editions: at an instant, or together with a bundle."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.utils import timezone

from calls.models import Call
from newsletter.editions import schedule, start_due
from newsletter.models import Edition
from publishing.models import Bundle
from publishing.workflow import publish_bundle
from tests.factories import publishable
from tests.newsletter.editions import approved_edition, edition, readers, states
from tests.staff import admin_url, member, signed_in

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def state(made):
    made.refresh_from_db()
    return made.state


def test_it_starts_at_its_instant_and_once():
    readers(2)
    made, at = approved_edition(), timezone.now() + HOUR
    schedule(edition=made, by=member(), at=at, timezone="Europe/Brussels")
    start_due()
    assert state(made) == "approved"
    start_due(at)
    start_due(at)
    assert (state(made), made.recipients) == ("sending", 2)
    assert states(made) == {"pending": 2}


def test_it_goes_out_with_the_bundle_that_publishes_its_items():
    readers(1)
    by, item = member(), publishable(Call)
    bundle = Bundle.objects.create(title="Together")
    bundle.items.create(item=item)
    made = approved_edition(item)
    schedule(edition=made, by=by, bundle=bundle)
    start_due()
    assert state(made) == "approved"
    publish_bundle(bundle=bundle, by=by, reason="x")
    start_due()
    assert state(made) == "sending"


def test_what_was_unpublished_meanwhile_stops_it_and_is_named():
    readers(1)
    item = publishable(Call, title_en="Rivers")
    made, at = approved_edition(item), timezone.now() + HOUR
    schedule(edition=made, by=member(), at=at)
    start_due(at)
    assert state(made) == "approved"
    assert "Rivers" in made.problem
    assert not made.deliveries.exists()


def test_only_an_approved_edition_is_planned_and_only_by_publishers():
    by, at = member(), timezone.now() + HOUR
    with pytest.raises(ValidationError):
        schedule(edition=edition(), by=by, at=at)
    with pytest.raises(ValidationError):
        schedule(edition=approved_edition(), by=by, at=timezone.now() - HOUR)
    with pytest.raises(PermissionDenied):
        schedule(edition=approved_edition(), by=member("Author"), at=at)


def test_the_form_reads_the_time_in_its_zone():
    client, made = signed_in("Publisher"), approved_edition()
    page = client.get(admin_url(made, "sending"))
    assert "Schedule sending" in page.content.decode()
    bundle = Bundle.objects.create(title="Together")
    day = {"at_0": "2999-06-01", "at_1": "10:00", "at": "2999-06-01T10:00"}
    client.post(admin_url(made, "sending"), {**day, "timezone": "Europe/Brussels"})
    made.refresh_from_db()
    assert made.send_at is None  # out of range
    day = {name: text.replace("2999", "2099") for name, text in day.items()}
    client.post(admin_url(made, "sending"), {**day, "timezone": "Europe/Brussels"})
    made.refresh_from_db()
    assert made.send_at.hour == 8
    both = {**day, "timezone": "Europe/Brussels", "bundle": bundle.pk}
    assert client.post(admin_url(made, "sending"), both).status_code == 200
    client.post(admin_url(made, "sending"), {"timezone": "UTC", "bundle": bundle.pk})
    made.refresh_from_db()
    assert (made.bundle, made.send_at) == (bundle, None)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_command_begins_and_sends_what_is_due(settings, tmp_path):
    settings.EMAIL_BACKEND = "portal.mail.FolderBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    readers(3)
    made = approved_edition()
    Edition.objects.filter(pk=made.pk).update(send_at=timezone.now() - HOUR)
    call_command("send_newsletters", once=True, connections=1)
    assert state(made) == "sent"
    assert len(list(tmp_path.iterdir())) == 3
