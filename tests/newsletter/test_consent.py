"""Tests of consent records: append-only, and deleted after the configured time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from newsletter.consent import delete_expired, erase, record, truncate_address, unsubscribe
from newsletter.models import AppendOnly, ConsentEvent, SignUp, Subscriber, Suppression, Wording

ACTIVE = Subscriber.State.ACTIVE


def in_days(days):
    return timezone.now() + timedelta(days=days)


def test_a_consent_is_neither_changed_nor_deleted(subscriber):
    event = record(subscriber(), ConsentEvent.Event.CONFIRMED)
    event.event = "left"
    everything = ConsentEvent.objects.all()
    for attempt in (
        event.save,
        event.delete,
        everything.delete,
        lambda: everything.update(event="left"),
    ):
        with pytest.raises(AppendOnly):
            attempt()
    assert ConsentEvent.objects.get().event == "confirmed"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("198.51.100.77", "198.51.100.0/24"),
        ("::ffff:198.51.100.77", "198.51.100.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("", ""),
        ("not an address", ""),
    ],
)
def test_half_of_an_ip_address_is_kept(settings, address, kept):
    assert truncate_address(address) == kept
    settings.NEWSLETTER_KEEP_NETWORK = False
    assert truncate_address(address) == ""


def test_sign_ups_that_nobody_confirmed_are_forgotten(subscriber, mailed_sign_up):
    mailed_sign_up(subscriber())
    record(Subscriber.objects.get(), ConsentEvent.Event.ASKED)
    delete_expired(in_days(6))
    assert SignUp.objects.exists()
    delete_expired(in_days(8))
    for model in (SignUp, Subscriber, ConsentEvent, Wording):
        assert not model.objects.exists(), model


def test_who_confirmed_is_kept_without_the_sign_up(subscriber, mailed_sign_up):
    member = subscriber(state=ACTIVE)
    mailed_sign_up(member)
    delete_expired(in_days(400))
    assert not SignUp.objects.exists()
    member.refresh_from_db()
    assert member.email


def test_who_left_is_erased_and_the_proof_outlives_them(subscriber, settings):
    member = subscriber(state=ACTIVE)
    record(member, ConsentEvent.Event.CONFIRMED)
    unsubscribe(member)
    delete_expired(in_days(29))
    member.refresh_from_db()
    assert member.email
    delete_expired(in_days(31))
    member.refresh_from_db()
    assert member.state == Subscriber.State.ERASED
    assert ConsentEvent.objects.filter(event="confirmed").exists()
    delete_expired(in_days(settings.NEWSLETTER_PROOF_DAYS + 1))
    assert not Subscriber.objects.exists()
    assert not ConsentEvent.objects.exists()


def test_a_suppression_survives_the_erasure(subscriber):
    member = subscriber(state=ACTIVE)
    Suppression.objects.suppress(member.email, Suppression.Reason.COMPLAINED)
    assert not Subscriber.objects.mailable().exists()
    erase(member)
    assert Suppression.objects.is_suppressed("reader@example.org")


def test_a_suppression_survives_a_new_secret_key(settings, db):
    Suppression.objects.suppress("reader@example.org", Suppression.Reason.STAFF)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "n" * 50
    assert Suppression.objects.is_suppressed("reader@example.org")
