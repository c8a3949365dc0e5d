"""Tests of alert mails as bytes, in three languages."""

import re

import pytest
from django.conf import settings as portal_settings
from django.contrib.contenttypes.models import ContentType

from calls.models import Call, KeyDate
from newsletter.models import Delivery, Mute
from newsletter.tokens import UnusableLink, mute_token, read_mute
from publishing.workflow import publish, unpublish
from tests import factories
from tests.newsletter.alerts import (
    at,
    at_time,
    mails,
    published,
    reader,
    republish,
    run_alert_job,
    subscribe,
    watch,
)
from tests.newsletter.test_mails import (
    encoded,
    everything_kept,
    one_click_path,
    parsed,
    paths,
    texts,
)

LANGUAGES = [code for code, _name in portal_settings.LANGUAGES]


@pytest.fixture(autouse=True)
def first_run(db):
    run_alert_job(at())


def moved_call(**fields):
    """Create a call whose deadline, in Lisbon time, has moved with a note."""
    with at_time(at(days=-10)):
        call = factories.draft(Call, title_en="Rivers – été", title_fr="Rivières", **fields)
        date = KeyDate.objects.create(
            call=call, kind="full-proposal", at=at(days=60), timezone="Europe/Lisbon"
        )
        publish(item=call)
    date.at = at(days=70)
    date.save()
    with at_time(at(hours=1)):
        publish(item=call, change_note={"en": "Ten days more", "fr": "Dix jours de plus"})
    return call


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mail_is_in_the_language_of_its_reader(language):
    moved_call()
    subscribe(reader(language=language), "status=forthcoming&status=open")
    run_alert_job(at(days=1))
    (mail,) = mails(at(days=1))
    message = parsed(encoded(mail))
    assert message["Content-Language"] == language
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text, html = texts(message)
    french = language == "fr"
    for part in (text, html):
        assert ("Rivières" if french else "Rivers – été") in part
        assert ("Dix jours de plus" if french else "Ten days more") in part
        assert f"/{language}/calls/" in part
        assert part.count("9:00") + part.count("8:00") + part.count("9.00") >= 2
    assert f'<html lang="{language}"' in html
    assert "style=" in html
    assert not re.search(r"<(img|script|link|iframe|object|form)|url\(|@import|\son\w+=", html)
    assert encoded(mail).isascii()


def test_old_and_new_deadline_and_why_it_came_are_told():
    moved_call()
    subscribe(reader(), "kind=national")
    run_alert_job(at(days=1))
    (mail,) = mails(at(days=1))
    text, _html = texts(parsed(encoded(mail)))
    assert "was May 10, 2027, 09:00" in text.replace("10 May 2027", "May 10, 2027")
    assert "is now May 20, 2027, 09:00" in text.replace("20 May 2027", "May 20, 2027")
    assert "Calls: National call" in text
    assert mail.subject == "Changed: Rivers – été"


def test_a_mail_of_one_alert_ends_that_one_with_a_click(client):
    alert = subscribe(reader(), "kind=national")
    subscribe(alert.subscriber, "kind=prize")
    published(on=at(hours=1))
    run_alert_job(at(days=1))
    (mail,) = mails(at(days=1))
    client.post(one_click_path(parsed(encoded(mail))), {"List-Unsubscribe": "One-Click"})
    active = alert.subscriber.subscriptions.active()
    assert [one.query for one in active] == ["kind=prize"]


def test_a_mail_of_several_alerts_ends_everything_with_a_click(client):
    alert = subscribe(reader(), "kind=national")
    subscribe(alert.subscriber)
    published(on=at(hours=1))
    run_alert_job(at(days=1))
    (mail,) = mails(at(days=1))
    client.post(one_click_path(parsed(encoded(mail))), {"List-Unsubscribe": "One-Click"})
    assert not alert.subscriber.subscriptions.active().exists()


def test_what_is_hidden_when_the_mail_is_sent_is_left_out():
    subscribe(reader())
    gone = published(on=at(hours=1), title_en="Gone call")
    published(on=at(hours=1), title_en="Public call")
    run_alert_job(at(days=1))
    unpublish(item=gone)
    (mail,) = mails(at(days=1))
    text, html = texts(parsed(encoded(mail)))
    assert "Gone" not in text + html
    assert "Public call" in text
    assert mail.subject == "New: Public call"


def test_of_nothing_that_is_left_there_is_no_mail():
    alert = subscribe(reader())
    call = published(on=at(hours=1))
    run_alert_job(at(days=1))
    unpublish(item=call)
    assert mails(at(days=1)) == [None]
    publish(item=call)
    assert mails(at(days=1)) != [None]
    alert.end("reader")
    assert mails(at(days=1)) == [None]


def test_a_reminder_of_a_deadline_that_has_moved_since_is_left_out():
    call = published(on=at(days=-10))
    date = KeyDate.objects.create(call=call, kind="full-proposal", at=at(days=15))
    subscribe(reader())
    run_alert_job(at(days=1))
    (mail,) = mails(at(days=1))
    assert mail.subject.startswith("Closes in 14 days")
    date.at = at(days=30)
    date.save()
    assert mails(at(days=1)) == [None]


def test_a_title_with_a_percent_sign_is_a_title():
    subscribe(reader())
    published(on=at(hours=1), title_en="100% %(portal)s <rivers>")
    run_alert_job(at(days=1))
    (mail,) = mails(at(days=1))
    assert mail.subject == "New: 100% %(portal)s <rivers>"
    assert "&lt;rivers&gt;" in texts(parsed(encoded(mail)))[1]


def digest():
    """Return an alert mail that contains every kind of news."""
    call = moved_call()
    member = reader()
    subscribe(member)
    watch(member, call)
    published(on=at(hours=1))
    run_alert_job(at(days=1))
    (mail,) = mails(at(days=1))
    return parsed(encoded(mail))


@pytest.mark.parametrize("method", ["get", "head"])
def test_no_link_of_the_mail_changes_anything_when_opened(client, method):
    opened = paths(digest())
    before = everything_kept()
    assert len([path for path in opened if "/mute/" in path]) == 2
    for path in opened:
        page = getattr(client, method)(path)
        assert page.status_code == 200, path
        assert not page.cookies
    assert everything_kept() == before


def test_an_item_is_muted_by_a_button(client):
    member = reader()
    subscribe(member)
    call = published(on=at(hours=1), title_en="Rivers")
    run_alert_job(at(days=1))
    (mail,) = mails(at(days=1))
    (path,) = [path for path in paths(parsed(encoded(mail))) if "/mute/" in path]
    assert b"Rivers" in client.get(path).content
    assert not Mute.objects.exists()
    for _time in range(2):
        assert b"is muted" in client.post(path).content
    assert Mute.objects.get().item == call
    assert mails(at(days=1)) == [None]
    republish(call, "More", on=at(days=1))
    run_alert_job(at(days=2))
    assert Delivery.objects.count() == 1


def test_the_link_to_mute_tells_nothing_of_hidden_items(client):
    call = factories.draft(Call, title_en="Secret")
    kind = ContentType.objects.get_for_model(Call).pk
    page = client.get(f"/en/newsletter/mute/{mute_token(reader(), kind, call.pk)}/")
    assert b"Secret" not in page.content
    assert client.post(f"/en/newsletter/mute/{'x' * 60}/").status_code == 404


@pytest.mark.parametrize("token", ["x", "0" * 30 + ".x"])
def test_a_token_that_was_made_up_mutes_nothing(token):
    with pytest.raises(UnusableLink):
        read_mute(token)
