from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from newsletter.consent import Origin, unsubscribe
from newsletter.models import ConsentEvent, Refusal, SignUp, Subscriber
from newsletter.signup import confirm
from newsletter.tokens import confirmation_token, unsubscription_token


def link(token):
    return f"/en/newsletter/confirm/{token}/"


@pytest.fixture
def link_for(mailed_sign_up):
    """Return a function that returns the confirmation link mailed to a subscriber."""
    return lambda member, **fields: link(confirmation_token(mailed_sign_up(member, **fields)))


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_link_changes_nothing(reader, subscriber, link_for, method):
    before = subscriber()
    page = getattr(reader, method)(link_for(before))
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    after = Subscriber.objects.get()
    assert (after.state, after.token_version) == (before.state, before.token_version)
    assert not page.cookies


def test_the_page_has_a_button_that_posts_back(reader, subscriber, link_for):
    address = link_for(subscriber())
    page = reader.get(address).content.decode()
    assert f'action="{address}" method="post"' in page
    assert "reader@example.org" in page
    assert 'content="noindex"' in page


def test_the_button_starts_the_subscription(reader, subscriber, link_for):
    address = link_for(subscriber(language="en"), language="nl")
    response = reader.post(address)
    assert response.status_code == 302
    assert b"You are subscribed" in reader.get(response.url).content
    confirmed = Subscriber.objects.get()
    assert confirmed.state == Subscriber.State.ACTIVE
    assert confirmed.language == "nl"
    assert timezone.now() - confirmed.confirmed_at < timedelta(minutes=1)


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_a_link_works_once(reader, subscriber, link_for, method):
    address = link_for(subscriber())
    reader.post(address)
    first = Subscriber.objects.get()
    again = getattr(reader, method)(address)
    assert again.status_code == 410
    second = Subscriber.objects.get()
    assert (first.state, first.confirmed_at) == (second.state, second.confirmed_at)


def test_a_used_link_offers_to_sign_up_again(reader, subscriber, link_for):
    address = link_for(subscriber())
    reader.post(address)
    page = reader.get(address).content.decode()
    assert "has already been used" in page
    assert 'id="page_email"' in page


def test_either_of_two_mails_confirms(reader, subscriber, link_for):
    member = subscriber()
    older, newer = link_for(member), link_for(member, language="fr")
    assert reader.post(older).status_code == 302
    assert reader.post(newer).status_code == 410
    assert Subscriber.objects.get().language == "en"


def test_a_link_from_before_unsubscribing_does_not_subscribe_again(
    reader, subscriber, link_for
):
    member = subscriber()
    address = link_for(member)
    unsubscribe(member)
    assert reader.post(address).status_code == 410
    assert Subscriber.objects.get().state == Subscriber.State.UNSUBSCRIBED


def test_who_unsubscribed_can_subscribe_again(reader, subscriber, link_for):
    member = subscriber(state=Subscriber.State.UNSUBSCRIBED)
    assert reader.post(link_for(member)).status_code == 302
    assert Subscriber.objects.get().state == Subscriber.State.ACTIVE


def test_of_two_confirmations_at_once_one_wins(subscriber, mailed_sign_up):
    sign_up = mailed_sign_up(subscriber())
    one, other = [SignUp.objects.select_related("subscriber").get(pk=sign_up.pk) for _ in "ab"]
    assert confirm(one, origin=Origin())
    assert not confirm(other, origin=Origin())
    events = ConsentEvent.objects.values_list("event", flat=True)
    assert list(events) == ["confirmed"]


def test_alerts_are_added_to_what_there_is(reader, subscriber, link_for):
    member = subscriber()
    reader.post(link_for(member))
    alert = {"kind": "filter", "what": "calls", "query": "status=open", "frequency": "daily"}
    another = {**alert, "query": "status=forthcoming"}
    links = [link_for(member, choices=[alert]), link_for(member, choices=[another])]
    for address in links:
        assert reader.post(address).status_code == 302
    kinds = sorted(member.subscriptions.active().values_list("kind", "query"))
    assert kinds == [
        ("edition", ""),
        ("filter", "status=forthcoming"),
        ("filter", "status=open"),
    ]


def test_the_consent_log_proves_who_agreed_to_which_words(sign_up, reader, settings):
    sign_up(path="/fr/newsletter/", language="nl")
    reader.post(link(confirmation_token(SignUp.objects.get())), REMOTE_ADDR="198.51.100.77")
    confirmed, asked_for = ConsentEvent.objects.all()
    assert (asked_for.event, asked_for.form_address) == ("asked", "/fr/newsletter/")
    assert asked_for.network == "127.0.0.0/24"
    assert asked_for.message_id
    assert (confirmed.event, confirmed.message_id) == ("confirmed", asked_for.message_id)
    assert confirmed.form_address == "/en/newsletter/confirm/…/"
    assert confirmed.network == "198.51.100.0/24"
    assert "editions" in confirmed.purposes
    wording = SignUp.objects.get().wording
    assert confirmed.wording_hash == wording.text_hash
    assert (confirmed.wording_language, wording.language) == ("fr", "fr")
    assert "reader@example.org" not in str(vars(confirmed))


def test_attempts_with_bad_links_are_counted(reader, subscriber, link_for):
    used = link_for(subscriber())
    for address in (used, used, link("guessed")):
        reader.post(address)
        reader.get(address)
    counts = dict(Refusal.objects.values_list("reason", "count"))
    assert counts == {"link-used": 1, "link-broken": 1}


def test_a_link_expires_after_72_hours(reader, subscriber, link_for, monkeypatch):
    address = link_for(subscriber())
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + 72 * 3600 - 5)
    assert reader.get(address).status_code == 200
    monkeypatch.setattr(signing.time, "time", lambda: now + 72 * 3600 + 5)
    for answer in (reader.get(address), reader.post(address)):
        assert answer.status_code == 410
        assert b"has expired" in answer.content
    assert Subscriber.objects.get().state == Subscriber.State.PENDING


def test_the_link_of_a_deleted_subscriber_says_so(reader, subscriber, link_for):
    member = subscriber()
    address = link_for(member)
    member.delete()
    assert reader.post(address).status_code == 410


def test_a_language_that_is_no_longer_offered_becomes_the_portal_s(
    reader, subscriber, link_for, settings
):
    address = link_for(subscriber(), language="nl")
    settings.LANGUAGES = [("en", "English")]
    reader.post(address)
    assert Subscriber.objects.get().language == "en"


def forgeries(nonce="nonce-0"):
    token = confirmation_token(SignUp(nonce=nonce))
    payload, moment, signature = token.split(".")
    return {
        "cut": token[:-1],
        "extended": token + "A",
        "first letter": f"m{token[1:]}",
        "other payload": f"nonce-1.{moment}.{signature}",
        "later": f"{payload}.{moment[:-1]}{'A' if moment[-1] != 'A' else 'B'}.{signature}",
        "no signature": f"{payload}.{moment}.",
        "payload only": payload,
        "for another purpose": unsubscription_token(Subscriber(pk=1)),
        "other key": signing.TimestampSigner(
            key="x" * 50, sep=".", salt="newsletter.confirm"
        ).sign(nonce),
        "letters": "é\u202e😀",
        "dots": "....",
        "long": "A" * 10_000,
    }


@pytest.mark.parametrize("kind", forgeries())
def test_a_forged_link_does_nothing(reader, subscriber, link_for, kind):
    link_for(subscriber())
    address = link(forgeries()[kind])
    for answer in (reader.get(address), reader.post(address), reader.head(address)):
        assert answer.status_code == 404
    assert b'id="page_email"' in reader.get(address).content
    assert Subscriber.objects.get().state == Subscriber.State.PENDING
