from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from newsletter.models import Subscriber
from newsletter.tokens import confirmation_token, unsubscription_token

CONFIRMED = "/en/newsletter/confirmed/"


def link(token):
    return f"/en/newsletter/confirm/{token}/"


def link_for(subscriber, language="en"):
    return link(confirmation_token(subscriber, language))


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_link_changes_nothing(reader, subscriber, method):
    before = subscriber()
    page = getattr(reader, method)(link_for(before))
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    after = Subscriber.objects.get()
    assert (after.state, after.token_version) == (before.state, before.token_version)
    assert not page.cookies


def test_the_page_has_a_button_that_posts_back(reader, subscriber):
    address = link_for(subscriber())
    page = reader.get(address).content.decode()
    assert f'action="{address}" method="post"' in page
    assert "reader@example.org" in page
    assert 'content="noindex"' in page


def test_the_button_starts_the_subscription(reader, subscriber):
    address = link_for(subscriber(language="en"), language="nl")
    response = reader.post(address)
    assert (response.status_code, response.url) == (302, CONFIRMED)
    assert reader.get(response.url).status_code == 200
    confirmed = Subscriber.objects.get()
    assert confirmed.state == Subscriber.State.ACTIVE
    assert confirmed.language == "nl"
    assert timezone.now() - confirmed.confirmed_at < timedelta(minutes=1)


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_a_link_works_once(reader, subscriber, method):
    address = link_for(subscriber())
    reader.post(address)
    first = Subscriber.objects.get()
    again = getattr(reader, method)(address)
    assert again.status_code == 410
    second = Subscriber.objects.get()
    assert (first.state, first.confirmed_at) == (second.state, second.confirmed_at)


def test_a_used_link_offers_to_sign_up_again(reader, subscriber):
    address = link_for(subscriber())
    reader.post(address)
    page = reader.get(address).content.decode()
    assert "has been used" in page
    assert 'id="page_email"' in page


def test_either_of_two_mails_confirms(reader, subscriber):
    member = subscriber()
    older, newer = link_for(member), link_for(member, language="fr")
    assert reader.post(older).status_code == 302
    assert reader.post(newer).status_code == 410
    assert Subscriber.objects.get().language == "en"


def test_a_link_from_before_unsubscribing_does_not_subscribe_again(reader, subscriber):
    member = subscriber()
    address = link_for(member)
    member.unsubscribe()
    assert reader.post(address).status_code == 410
    assert Subscriber.objects.get().state == Subscriber.State.UNSUBSCRIBED


def test_who_unsubscribed_can_subscribe_again(reader, subscriber):
    member = subscriber(state=Subscriber.State.UNSUBSCRIBED)
    assert reader.post(link_for(member)).status_code == 302
    assert Subscriber.objects.get().state == Subscriber.State.ACTIVE


def test_of_two_confirmations_at_once_one_wins(subscriber):
    subscriber()
    one, other = Subscriber.objects.get(), Subscriber.objects.get()
    assert one.confirm("en")
    assert not other.confirm("fr")
    assert Subscriber.objects.get().language == "en"


def test_a_link_expires_after_72_hours(reader, subscriber, monkeypatch):
    address = link_for(subscriber())
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + 72 * 3600 - 5)
    assert reader.get(address).status_code == 200
    monkeypatch.setattr(signing.time, "time", lambda: now + 72 * 3600 + 5)
    for answer in (reader.get(address), reader.post(address)):
        assert answer.status_code == 410
        assert b"has expired" in answer.content
    assert Subscriber.objects.get().state == Subscriber.State.PENDING


def test_the_link_of_a_deleted_subscriber_says_so(reader, subscriber):
    member = subscriber()
    address = link_for(member)
    member.delete()
    assert reader.post(address).status_code == 410


def test_a_language_that_is_no_longer_offered_needs_a_new_link(reader, subscriber, settings):
    address = link_for(subscriber(), language="nl")
    settings.LANGUAGES = [("en", "English")]
    assert reader.post(address).status_code == 410
    assert Subscriber.objects.get().state == Subscriber.State.PENDING


def forgeries(member):
    token = confirmation_token(member, "en")
    payload, moment, signature = token.split(".")
    other = confirmation_token(Subscriber(pk=member.pk + 1), "en").split(".")
    return {
        "cut": token[:-1],
        "extended": token + "A",
        "first letter": f"{'A' if token[0] != 'A' else 'B'}{token[1:]}",
        "other subscriber's payload": f"{other[0]}.{moment}.{signature}",
        "later": f"{payload}.{moment[:-1]}{'A' if moment[-1] != 'A' else 'B'}.{signature}",
        "no signature": f"{payload}.{moment}.",
        "payload only": payload,
        "for another purpose": unsubscription_token(member),
        "other key": signing.TimestampSigner(
            key="x" * 50, sep=".", salt="newsletter.confirm"
        ).sign_object([member.pk, 0, "en"]),
        "letters": "é\u202e😀",
        "dots": "....",
        "long": "A" * 10_000,
    }


@pytest.mark.parametrize("kind", forgeries(Subscriber(pk=1)))
def test_a_forged_link_does_nothing(reader, subscriber, kind):
    member = subscriber()
    address = link(forgeries(member)[kind])
    for answer in (reader.get(address), reader.post(address), reader.head(address)):
        assert answer.status_code == 404
    assert b'id="page_email"' in reader.get(address).content
    assert Subscriber.objects.get().state == Subscriber.State.PENDING
