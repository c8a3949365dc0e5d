"""Tests of sending in the background thread of the portal's server."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from newsletter import worker
from newsletter.delivery import delete_old_deliveries, register_renderer, send_due
from newsletter.models import Delivery
from tests.newsletter.editions import readers, started_edition, states
from tests.newsletter.mail_server import strictly_parsed

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "portal.mail.FolderBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return settings.EMAIL_FILE_PATH


def test_it_sends_in_a_thread_of_its_own(folder):
    readers(2)
    made = started_edition()
    worker.send_mails()
    for thread in worker._threads:
        thread.join(20)
    made.refresh_from_db()
    assert (made.state, states(made)) == ("sent", {"sent": 2})


def test_without_work_there_is_no_thread():
    worker.send_mails()
    assert not worker._threads


def test_a_mail_is_rendered_when_it_is_sent(folder):
    @register_renderer("test-digest")
    def digest(row):
        text = str(row.data["items"])
        found = bool(row.data["items"])
        return EmailMessage("Today", text, to=[row.subscriber.email]) if found else None

    full, empty = readers(2)
    for reader, items in ((full, ["a call"]), (empty, [])):
        row = {"key": f"digest:{reader.pk}", "subscriber": reader, "data": {"items": items}}
        Delivery.objects.enqueue(
            **row, priority=Delivery.Priority.DIGEST, renderer="test-digest"
        )
    send_due()
    (file,) = folder.iterdir()
    sent = Delivery.objects.get(subscriber=full)
    assert strictly_parsed(file.read_bytes())["Message-ID"] == f"<{sent.message_id}>"
    assert Delivery.objects.get(subscriber=empty).state == "skipped"


def test_one_mail_that_cannot_be_made_holds_up_no_other(folder):
    @register_renderer("test-broken")
    def broken(row):
        raise ValueError

    (reader,) = readers(1)
    Delivery.objects.enqueue(key="x", subscriber=reader, priority=0, renderer="test-broken")
    started_edition()
    send_due()
    assert len(list(folder.iterdir())) == 1
    assert Delivery.objects.get(dedupe_key="x").reason == "unusable"


def test_after_half_a_year_nobody_can_tell_who_got_a_mail():
    (reader,) = readers(1)
    made = started_edition()
    mail = EmailMessage("Today", "Text", to=[reader.email])
    Delivery.objects.enqueue(key="x", subscriber=reader, priority=2, mail=mail)
    send_due()
    delete_old_deliveries(timezone.now() + timedelta(days=179))
    assert Delivery.objects.filter(subscriber=reader).count() == 2
    delete_old_deliveries(timezone.now() + timedelta(days=181))
    assert not Delivery.objects.filter(subscriber=reader).exists()
    assert states(made) == {"sent": 1}
