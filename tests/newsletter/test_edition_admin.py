"""Tests of the admin of editions: composing, preview, sending and permissions."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from calls.models import Call
from news.models import Article
from newsletter.models import Edition, Subscriber
from tests.factories import draft, published
from tests.newsletter.editions import approved_edition, edition, readers, started_edition
from tests.staff import admin_url, save, signed_in

pytestmark = pytest.mark.django_db


def press(client, made, step, **data):
    response = client.post(admin_url(made, "sending"), {"_step": step, **data})
    made.refresh_from_db()
    return response


def test_an_edition_is_written_filled_and_put_in_order():
    client, old = signed_in("Publisher"), edition()
    call, article = published(Call), published(Article)
    hidden = draft(Article)
    begun_at = timezone.now() - timedelta(days=1)
    Edition.objects.filter(pk=old.pk).update(started_at=begun_at, frozen_at=begun_at)
    texts = {"subject_en": "June", "introduction_en": "Hello", "languages": ["en", "fr"]}
    response = client.post(admin_url(old, "add"), texts)
    made = Edition.objects.get(subject_en="June")
    assert response.url == admin_url(made, "compose")
    page = client.get(response.url).content.decode()
    assert f"calls.call/{call.pk}" in page
    assert f"news.article/{hidden.pk}" not in page
    keys = [f"calls.call/{call.pk}", f"news.article/{article.pk}", f"news.article/{hidden.pk}"]
    client.post(response.url, {"item": [*keys, "auth.user/1", "calls.call/x", "calls.call/9"]})
    assert [row.item for row in made.items.all()] == [call, article]
    assert save(client, made, **{"items-0-position": "1", "items-1-position": "0"}) == {}
    assert [row.item for row in made.items.all()] == [article, call]


def test_the_proposal_starts_where_the_last_edition_ended():
    client, made = signed_in("Publisher"), edition(introduction_en="x")
    before = published(Article)
    made.items.all().delete()
    long_ago = timezone.now() - timedelta(days=90)
    Article.objects.filter(pk=before.pk).update(first_published_at=long_ago)
    address = admin_url(made, "compose")
    assert f"article/{before.pk}" not in client.get(address).content.decode()
    asked = client.get(address, {"since": "2020-01-01"})
    assert f"article/{before.pk}" in asked.content.decode()
    for odd in ("x", "0001-01-01", "2020-13-01", "\0"):
        assert client.get(address, {"since": odd}).status_code in (200, 400)


def test_the_whole_way_in_the_admin():
    client, _people = signed_in("Publisher"), readers(3)
    made = edition()
    assert "3 people" in client.get(admin_url(made, "sending")).content.decode()
    press(client, made, "request_review")
    press(client, made, "approve")
    press(client, made, "send_now")
    assert (made.state, made.recipients) == ("sending", 3)
    press(client, made, "pause")
    assert made.state == "paused"
    press(client, made, "resume")
    press(client, made, "cancel")
    assert made.state == "cancelled"
    assert "3 of 3" in client.get(admin_url(made, "sending")).content.decode()


@pytest.mark.parametrize(
    ("step", "made_by", "told"),
    [
        ("send_now", approved_edition, "will be sent to 3 people"),
        ("cancel", started_edition, "3 people have not received"),
    ],
)
def test_what_nobody_can_take_back_is_asked_first(step, made_by, told):
    readers(3)
    client, made = signed_in("Publisher"), made_by()
    sending = admin_url(made, "sending")
    page = client.get(sending).text
    assert f'href="{sending}{step}/"' in page
    assert f'value="{step}"' not in page
    question = client.get(f"{sending}{step}/").text
    assert "“News of May”" in question
    assert told in question
    press(client, made, step)
    assert made.state in ("sending", "cancelled")
    assert client.get(f"{sending}{step}/").url == sending


def test_only_who_may_send_is_asked_and_only_about_what_is_final():
    made = approved_edition()
    question = admin_url(made, "sending") + "send_now/"
    assert signed_in("Editor").get(question).status_code == 403
    for step in ("reopen", "x"):
        other = question.replace("send_now", step)
        assert signed_in("Publisher").get(other).status_code == 404


def test_the_count_leaves_out_who_gets_nothing():
    paused, left, _stays, _french = readers(4, languages=("en", "en", "en", "fr"))
    Subscriber.objects.filter(pk=paused.pk).update(paused_until="2999-01-01")
    left.end(Subscriber.State.UNSUBSCRIBED)
    made = edition(languages=["en"])
    page = signed_in("Publisher").get(admin_url(made, "sending")).content.decode()
    assert "1 person" in page


@pytest.mark.parametrize("step", ["approve", "send_now", "pause", "cancel"])
@pytest.mark.parametrize("role", ["Author", "Editor"])
def test_who_may_not_send_does_not(role, step):
    readers(1)
    made = {"approve": edition, "send_now": approved_edition}.get(step, started_edition)()
    client, before = signed_in(role), made.state
    assert press(client, made, step).status_code == 403
    assert made.state == before
    assert client.post(admin_url(made, "sending"), {"at_0": "x"}).status_code == 403


def test_authors_see_no_edition():
    client, made = signed_in("Author"), edition()
    for view in ("change", "compose", "look", "sending"):
        assert client.get(admin_url(made, view)).status_code == 403
    mail_url = admin_url(made, "change").replace("change/", "mail/en/")
    assert client.get(mail_url).status_code == 403
    assert client.post(admin_url(made, "test")).status_code == 403


def test_what_is_approved_is_not_written_any_more():
    client, made = signed_in("Publisher"), approved_edition()
    assert client.post(admin_url(made), {"subject_en": "Other"}).status_code == 403
    assert client.post(admin_url(made, "compose"), {"item": []}).status_code == 403
    assert client.post(admin_url(made, "delete"), {"post": "yes"}).status_code == 403
    press(client, made, "reopen")
    assert save(client, made, subject_en="Other") == {}


def test_where_reviews_are_required_somebody_else_approves(settings):
    settings.REVIEW_REQUIRED = True
    client = signed_in("Publisher")
    made = edition(author=client.user)
    press(client, made, "approve")
    assert made.state == "draft"
    press(signed_in("Publisher"), made, "approve")
    assert made.state == "approved"


def test_the_mail_is_shown_in_frames_that_may_do_nothing():
    client, made = signed_in("Editor"), edition()
    look = client.get(admin_url(made, "look"), {"language": "fr"})
    assert "frame-src 'self'" in look.headers["Content-Security-Policy"]
    mail_url = admin_url(made, "change").replace("change/", "mail/fr/")
    shown = client.get(mail_url)
    policy = shown.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "sandbox" in policy
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "Nouvelles de mai" in shown.content.decode()
    assert (
        client.get(admin_url(made, "change").replace("change/", "mail/xx/")).status_code == 404
    )


def test_a_test_goes_to_oneself_alone():
    readers(2)
    client, made = signed_in("Editor"), edition()
    client.user.email = "me@example.org"
    client.user.save()
    client.post(admin_url(made, "test"), {"language": "nl"})
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["me@example.org"], "Test: Mei")
    assert not made.deliveries.exists()
