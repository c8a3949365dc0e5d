"""Tests of sending to a real mail server, with and without faults."""

import asyncio
import itertools
from datetime import timedelta
from email import message_from_bytes

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from newsletter.delivery import Batch, LostLease, Outcome, Result, SmtpTransport, send_due
from newsletter.editions import cancel, pause, resume
from newsletter.models import Delivery, Subscriber, Suppression
from tests.newsletter.editions import make_retries_due, readers, started_edition, states
from tests.newsletter.mail_server import Mailbox, free_port, serving
from tests.staff import member

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def during_mail(monkeypatch):
    """Return a function that runs `act` while the nth mail is being sent."""

    def arrange(number, act):
        mails = itertools.count(1)
        send = SmtpTransport.send

        def sending(self, *args):
            if next(mails) == number:
                act()
            return send(self, *args)

        monkeypatch.setattr(SmtpTransport, "send", sending)

    return arrange


def test_everybody_gets_it_once_in_their_language(mailbox):
    people = readers(6)
    edition = started_edition()
    assert send_due() == 6
    assert mailbox.addresses() == {one.email: 1 for one in people}
    subjects = {one.language: mailbox.mails()[one.email]["Subject"] for one in people}
    assert subjects == {"en": "News of May", "fr": "Nouvelles de mai", "nl": "Mei"}
    edition.refresh_from_db()
    assert edition.state == "sent"
    assert states(edition) == {"sent": 6}


def test_who_leaves_after_the_freezing_gets_nothing(mailbox):
    left, complained, erased, stays = readers(4)
    edition = started_edition()
    left.end(Subscriber.State.UNSUBSCRIBED)
    Suppression.objects.create(address_hash=complained.address_hash, reason="complained")
    erased.delete()
    send_due()
    assert list(mailbox.addresses()) == [stays.email]
    skipped = edition.deliveries.filter(state="skipped").order_by("pk")
    reasons = list(skipped.values_list("reason", flat=True))
    assert reasons == ["unsubscribed", "suppressed", "erased"]
    edition.refresh_from_db()
    assert edition.state == "sent"


def test_an_edition_pauses_and_goes_on_within_a_mail(mailbox, during_mail):
    by, _people = member(), readers(5)
    edition = started_edition(by=by)

    during_mail(2, lambda: pause(edition=edition, by=by))
    send_due()
    assert states(edition) == {"sent": 2, "pending": 3}
    resume(edition=edition, by=by)
    send_due()
    assert states(edition) == {"sent": 5}
    assert set(mailbox.addresses().values()) == {1}


def test_a_cancelled_edition_goes_to_nobody_else(mailbox, during_mail):
    by, _people = member(), readers(5)
    edition = started_edition(by=by)

    during_mail(2, lambda: cancel(edition=edition, by=by))
    send_due()
    edition.refresh_from_db()
    assert edition.state == "cancelled"
    assert states(edition) == {"sent": 2, "skipped": 3}


def test_faults_of_some_are_charged_to_them_alone(mailbox):
    """Mails reach everybody else despite faulty addresses and closed connections.

    A tenth of the addresses is busy at first, a twentieth does not exist, and the server closes
    the connection after every 37 mails.
    """
    people = [one.email for one in readers(120)]
    busy, gone, rounds = set(people[::10]), set(people[5::20]), []

    def answer_to_recipient(address):
        if address in gone:
            return "550 5.1.1 No such mailbox"
        return "451 4.2.1 Busy" if address in busy and not rounds else None

    def answer_to_mail(session):
        return "421 4.3.2 Closing" if mailbox.accepted[session.peer] >= 37 else None

    mailbox.answer_to_recipient = answer_to_recipient
    mailbox.answer_to_mail = answer_to_mail
    edition = started_edition()
    send_due()
    assert states(edition) == {"sent": 102, "retry": 12, "failed": 6}
    assert len(mailbox.accepted) == 3
    waiting = edition.deliveries.filter(state="retry")
    assert {one.subscriber.email for one in waiting} == busy
    assert {(one.attempt, one.smtp_code, one.enhanced_code) for one in waiting} == {
        (1, 451, "4.2.1")
    }
    rounds.append("second")
    make_retries_due()
    send_due()
    edition.refresh_from_db()
    assert edition.state == "sent"
    assert mailbox.addresses() == dict.fromkeys(set(people) - gone, 1)
    bounced = Subscriber.objects.filter(state="bounced").values_list("email", flat=True)
    assert set(bounced) == gone
    assert Suppression.objects.count() == len(gone)


def test_back_off_ends_with_a_failure_that_suppresses_nobody_at_once(mailbox):
    (reader,) = readers(1)
    edition = started_edition()
    mailbox.answer_to_recipient = lambda address: "451 4.2.1 Busy"
    for _attempt in range(6):
        send_due()
        make_retries_due()
    assert states(edition) == {"failed": 1}
    reader.refresh_from_db()
    assert reader.state == "active"


def test_three_soft_bounces_of_the_last_five_suppress(mailbox):
    (reader,) = readers(1)
    mailbox.answer_to_recipient = lambda address: "451 4.2.1 Busy"
    for _number in range(3):
        assert not Suppression.objects.exists()
        edition = started_edition()
        edition.deliveries.update(attempt=5)
        send_due()
    reader.refresh_from_db()
    assert reader.state == "bounced"


def test_a_stalled_answer_breaks_no_other_mail(mailbox, settings):
    """The server stops replying after the last line of a mail, which it may have accepted."""
    settings.EMAIL_TIMEOUT = 2
    people = [one.email for one in readers(3)]
    stalled = []

    async def silence():
        await asyncio.sleep(5)
        return "250 2.0.0 Taken"

    def answer_to_content(address):
        if address == people[1] and not stalled:
            stalled.append(address)
            return silence
        return None

    mailbox.answer_to_content = answer_to_content
    edition = started_edition()
    send_due()
    assert states(edition) == {"sent": 2, "retry": 1}
    make_retries_due()
    send_due()
    assert states(edition) == {"sent": 3}
    same = {content["Message-ID"] for content in mailbox.mails().values()}
    assert len(same) == 3


def test_where_nobody_may_get_it_twice_a_stall_leaves_it_open(mailbox, settings):
    settings.EMAIL_TIMEOUT = 2
    readers(1)

    async def silence():
        await asyncio.sleep(5)
        return "250 2.0.0 Taken"

    mailbox.answer_to_content = lambda address: silence
    edition = started_edition(is_at_most_once=True)
    send_due()
    edition.refresh_from_db()
    assert (edition.state, states(edition)) == ("sent", {"unknown": 1})


def test_a_server_that_refuses_everything_charges_nobody(mailbox):
    readers(8)
    mailbox.answer_to_recipient = lambda address: "554 5.7.1 Relay access denied"
    edition = started_edition()
    send_due()
    edition.refresh_from_db()
    assert edition.state == "paused"
    assert "Relay access denied" in edition.problem
    assert set(edition.deliveries.values_list("attempt", flat=True)) == {0}
    assert not edition.deliveries.settled().exists()
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("fault", ["password", "sender", "connection"])
def test_an_outage_pauses_the_edition_and_charges_nobody(fault, settings, mailbox):
    readers(3)
    box, edition = Mailbox(), started_edition()
    with serving(box, password="right") as port:
        settings.EMAIL_PORT = port
        if fault == "password":
            settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "portal", "wrong"
        elif fault == "connection":
            settings.EMAIL_PORT = free_port()
        send_due()
    edition.refresh_from_db()
    said = {"password": "535", "sender": "530", "connection": "Could not connect"}
    assert edition.state == "paused"
    assert said[fault] in edition.problem
    assert set(edition.deliveries.values_list("attempt", flat=True)) == {0}
    assert set(states(edition)) <= {"pending", "retry"}
    assert Subscriber.objects.active().count() == 3
    settings.EMAIL_PORT, settings.EMAIL_HOST_USER = mailbox.port, ""
    resume(edition=edition, by=member())
    send_due()
    assert states(edition) == {"sent": 3}


def test_a_personal_mail_waits_out_an_outage(settings):
    (reader,) = readers(1)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    row = Delivery.objects.enqueue(
        key="digest:1",
        subscriber=reader,
        priority=Delivery.Priority.DIGEST,
        mail=EmailMessage("Today", "New calls", to=[reader.email]),
    )
    send_due()
    row.refresh_from_db()
    assert (row.state, row.attempt) == ("retry", 0)
    assert row.next_attempt_at > timezone.now()


def test_the_most_urgent_goes_first_and_no_mail_twice(mailbox):
    (reader,) = readers(1, languages=("en",))
    edition = started_edition()
    for key, priority in (("digest", 2), ("confirmation", 0), ("confirmation", 0)):
        mail = EmailMessage(key, "Text", to=[reader.email])
        Delivery.objects.enqueue(key=key, subscriber=reader, priority=priority, mail=mail)
    send_due()
    subjects = [message_from_bytes(content)["Subject"] for _a, content in mailbox.arrived]
    assert subjects == ["confirmation", "digest", edition.subject]
    assert not Delivery.objects.exclude(mail=None).exists()  # deleted after sending


def test_a_worker_that_lost_its_lease_writes_nothing(mailbox):
    readers(3)
    edition = started_edition()
    slow = Batch.claim()
    first, second, _third = slow.rows
    assert slow.advance(None, None, first)
    Delivery.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    send_due()
    assert states(edition) == {"sent": 3}
    before = list(edition.deliveries.order_by("pk").values())
    with pytest.raises(LostLease):
        slow.advance(first, Outcome(Result.SENT), second)
    slow.release()
    assert list(edition.deliveries.order_by("pk").values()) == before
