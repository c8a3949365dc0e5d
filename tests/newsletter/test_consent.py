"""Tests of consent records: append-only, and deleted after the configured time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from newsletter.consent import erase, forget_old, leave, record, truncated
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
    assert truncated(address) == kept
    settings.NEWSLETTER_KEEP_NETWORK = False
    assert truncated(address) == ""


def test_sign_ups_that_nobody_confirmed_are_forgotten(subscriber, asked):
    asked(subscriber())
    record(Subscriber.objects.get(), ConsentEvent.Event.ASKED)
    forget_old(in_days(6))
    assert SignUp.objects.exists()
    forget_old(in_days(8))
    for model in (SignUp, Subscriber, ConsentEvent, Wording):
        assert not model.objects.exists(), model


def test_who_confirmed_is_kept_without_the_sign_up(subscriber, asked):
    member = subscriber(state=ACTIVE)
    asked(member)
    forget_old(in_days(400))
    assert not SignUp.objects.exists()
    member.refresh_from_db()
    assert member.email


def test_who_left_is_erased_and_the_proof_outlives_them(subscriber, settings):
    member = subscriber(state=ACTIVE)
    record(member, ConsentEvent.Event.CONFIRMED)
    leave(member)
    forget_old(in_days(29))
    member.refresh_from_db()
    assert member.email
    forget_old(in_days(31))
    member.refresh_from_db()
    assert member.state == Subscriber.State.ERASED
    assert ConsentEvent.objects.filter(event="confirmed").exists()
    forget_old(in_days(settings.NEWSLETTER_PROOF_DAYS + 1))
    assert not Subscriber.objects.exists()
    assert not ConsentEvent.objects.exists()


def test_a_suppression_survives_the_erasure(subscriber):
    member = subscriber(state=ACTIVE)
    Suppression.objects.suppress(member.email, Suppression.Reason.COMPLAINED)
    assert not Subscriber.objects.mailable().exists()
    erase(member)
    assert Suppression.objects.holds("reader@example.org")


def test_a_suppression_survives_a_new_secret_key(settings, db):
    Suppression.objects.suppress("reader@example.org", Suppression.Reason.STAFF)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "n" * 50
    assert Suppression.objects.holds("reader@example.org")
