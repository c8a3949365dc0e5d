import pytest
from django.core import signing

from newsletter.consent import erase
from newsletter.models import ConsentEvent, Subscriber, Subscription
from newsletter.tokens import confirmation_token, unsubscription_token

ACTIVE, UNSUBSCRIBED = Subscriber.State.ACTIVE, Subscriber.State.UNSUBSCRIBED
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def member(subscriber):
    return subscriber(state=ACTIVE)


@pytest.fixture
def address(member):
    return f"/en/newsletter/unsubscribe/{unsubscription_token(member)}/"


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_link_changes_nothing(reader, address, method):
    page = getattr(reader, method)(address)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert not page.cookies
    assert Subscriber.objects.get().state == ACTIVE


def test_the_page_has_a_button_that_posts_back(reader, address):
    page = reader.get(address).content.decode()
    assert f'action="{address}" method="post"' in page
    assert "reader@example.org" in page


def test_the_button_ends_the_subscription(reader, address):
    response = reader.post(address)
    assert response.status_code == 200
    assert b"You are unsubscribed" in response.content
    assert Subscriber.objects.get().state == UNSUBSCRIBED


@pytest.mark.parametrize("format", ["urlencoded", "multipart"])
def test_a_mail_service_ends_it_with_one_post(client, address, format):
    """RFC 8058: no cookie, no Origin, no redirect, and no error if repeated."""
    urlencoded = ("List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")
    for _time in range(2):
        if format == "urlencoded":
            response = client.post(address, urlencoded[0], content_type=urlencoded[1])
        else:
            response = client.post(address, ONE_CLICK)
        assert response.status_code == 200
        assert Subscriber.objects.get().state == UNSUBSCRIBED


def test_another_site_s_origin_does_not_matter(reader, address):
    """The token is authorisation enough: web mail services post from their own pages."""
    response = reader.post(address, ONE_CLICK, headers={"Origin": "https://mail.example"})
    assert response.status_code == 200
    assert Subscriber.objects.get().state == UNSUBSCRIBED


def test_unsubscribing_twice_changes_it_once(reader, address):
    reader.post(address)
    first = Subscriber.objects.get().ended_at
    reader.post(address)
    assert Subscriber.objects.get().ended_at == first
    assert ConsentEvent.objects.count() == 1


def test_the_link_never_expires(reader, address, monkeypatch):
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + 20 * 365 * 86_400)
    assert reader.post(address).status_code == 200
    assert Subscriber.objects.get().state == UNSUBSCRIBED


def test_the_link_survives_a_new_secret_key(reader, address, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "n" * 50
    assert reader.post(address).status_code == 200
    assert Subscriber.objects.get().state == UNSUBSCRIBED


def test_whose_data_is_erased_is_unsubscribed(reader, member, address):
    for forget in (erase, Subscriber.delete):
        forget(member)
        for answer in (reader.get(address), reader.post(address)):
            assert answer.status_code == 200
    assert not Subscriber.objects.exists()


def subscribed(member, **fields):
    values = {"kind": "filter", "section": "calls", **fields}
    return Subscription.objects.create(subscriber=member, **values)


def test_a_link_of_one_alert_ends_only_that(reader, member):
    one, other = subscribed(member, query="status=open"), subscribed(member)
    address = f"/en/newsletter/unsubscribe/{unsubscription_token(member, one)}/"
    assert b"stop sending you this alert" in reader.get(address).content
    for _time in range(2):
        assert reader.post(address, ONE_CLICK).status_code == 200
    assert list(member.subscriptions.active()) == [other]
    assert Subscriber.objects.get().is_active
    assert ConsentEvent.objects.count() == 1


def test_who_ends_the_last_one_has_left(reader, member):
    token = unsubscription_token(member, subscribed(member))
    reader.post(f"/en/newsletter/unsubscribe/{token}/", ONE_CLICK)
    assert Subscriber.objects.get().state == UNSUBSCRIBED


def test_it_also_ends_a_sign_up_that_waits_for_confirmation(reader, subscriber, mailed_sign_up):
    pending = subscriber("pending@example.org")
    confirm = f"/en/newsletter/confirm/{confirmation_token(mailed_sign_up(pending))}/"
    reader.post(f"/en/newsletter/unsubscribe/{unsubscription_token(pending)}/")
    assert reader.post(confirm).status_code == 410


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1], lambda t: t + "A", lambda t: "A" * 10_000]
)
def test_a_forged_link_does_nothing(reader, member, change):
    address = f"/en/newsletter/unsubscribe/{change(unsubscription_token(member))}/"
    for answer in (reader.get(address), reader.post(address, ONE_CLICK)):
        assert answer.status_code == 404
    assert Subscriber.objects.get().state == ACTIVE


def test_a_link_to_confirm_does_not_unsubscribe(reader, member, mailed_sign_up):
    address = f"/en/newsletter/unsubscribe/{confirmation_token(mailed_sign_up(member))}/"
    assert reader.post(address).status_code == 404
