"""Tests of requesting alerts and of managing them."""

import re
from urllib.parse import quote

import pytest

from calls.models import Call
from initiatives.models import Initiative
from news.models import Article
from newsletter.models import ConsentEvent, Mute, Refusal, SignUp, Subscriber, Subscription
from newsletter.tokens import preferences_token
from tests import factories
from tests.newsletter.alerts import reader as active
from tests.newsletter.alerts import subscribe, watch
from tests.newsletter.conftest import SENT
from tests.newsletter.test_mails import encoded, one_link, parsed, texts

FOLLOW = "/en/newsletter/alert/"
OPEN = {"list": "calls", "query": "status=open&topic=rivers&page=2&sort=title&x=y"}


@pytest.fixture(autouse=True)
def rivers(db):
    return factories.topic("Rivers", slug="rivers")


def test_from_a_filtered_list_to_a_confirmed_alert(client, sign_up, mailoutbox, rivers):
    factories.open_call(topics=[rivers])
    page = client.get("/en/calls/?status=open&topic=rivers").content.decode()
    (address,) = re.findall(r'href="(/en/newsletter/alert/[^"]*)"', page)
    form = client.get(address.replace("&amp;", "&"))
    assert b"Calls: Rivers \xc2\xb7 Open" in form.content
    assert not form.cookies
    hidden = dict(form.context["hidden"])
    assert sign_up(path=FOLLOW, frequency="weekly", language="nl", **hidden).url == SENT
    assert not Subscription.objects.exists()
    message = parsed(encoded(mailoutbox[0]))
    assert message["Content-Language"] == "nl"
    assert "Rivers" in texts(message)[0]
    client.post(one_link(message, "confirm"))
    alert = Subscription.objects.get()
    assert (alert.kind, alert.section, alert.frequency) == ("filter", "calls", "weekly")
    assert alert.query == "status=open&topic=rivers"
    event = ConsentEvent.objects.filter(event="confirmed").get()
    assert event.purposes == ["calls by a filter status=open topic=rivers"]


@pytest.mark.parametrize("model", [Call, Initiative])
def test_an_item_is_watched_from_its_page(client, sign_up, mailoutbox, model):
    item = factories.published(model, title_en="Clean water")
    page = client.get(item.get_absolute_url()).content.decode()
    (address,) = re.findall(r'href="(/en/newsletter/alert/[^"]*)"', page)
    form = client.get(address)
    assert b"Clean water" in form.content
    sign_up(path=FOLLOW, **dict(form.context["hidden"]))
    message = parsed(encoded(mailoutbox[0]))
    assert "Clean water, once a day" in texts(message)[0]
    client.post(one_link(message, "confirm"))
    assert Subscription.objects.get().item == item


@pytest.mark.parametrize("path", ["/en/news/", "/en/events/"])
def test_lists_of_news_and_events_offer_alerts(client, path):
    factories.published(Article)
    page = client.get(path).content.decode()
    (address,) = re.findall(r'href="(/en/newsletter/alert/[^"]*)"', page)
    form = client.get(address.replace("&amp;", "&"))
    assert form.status_code == 200
    assert dict(form.context["hidden"])["list"] == path.split("/")[2]


WRONG = [
    {},
    {"list": "pages"},
    {"list": "calls", "query": "topic=none"},
    {"list": "calls", "query": "status=x%00"},
    {"list": "calls", "query": "kind=" + "x" * 3000},
    {"list": "calls", "query": "x" * 10_000},
    {"list": "calls", "query": "deadline_from=2027-99-99"},
    {"watch": "calls.call/none"},
    {"watch": "calls.call"},
    {"watch": "auth.user/1"},
]


@pytest.mark.parametrize("values", WRONG)
def test_a_wrong_filter_is_told(reader, values):
    page = reader.get(FOLLOW, values)
    assert page.status_code == 400
    assert b"We cannot set up this alert" in page.content
    assert reader.get(FOLLOW, {**values, "watch": "calls.call/\0"}).status_code == 400
    posted = reader.post(FOLLOW, {**values, "email": "reader@example.org"})
    assert posted.status_code == 400
    assert not SignUp.objects.exists()


def test_a_hidden_item_is_neither_watched_nor_named(reader):
    factories.draft(Call, title_en="Secret", slug="secret")
    page = reader.get(FOLLOW, {"watch": "calls.call/secret"})
    assert page.status_code == 400
    assert b"Secret" not in page.content


def test_what_somebody_typed_is_not_mailed(sign_up, mailoutbox):
    sign_up(path=FOLLOW, list="calls", query="q=" + quote("Buy now at evil.example"))
    text, html = texts(parsed(encoded(mailoutbox[0])))
    assert "evil" not in text + html
    assert "Calls: search words" in text


def test_the_rules_of_signing_up_hold(reader):
    data = {"email": "reader@example.org", **OPEN}
    foreign = reader.post(FOLLOW, data, headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert reader.post(FOLLOW, {**data, "website": "x"}).url == SENT
    assert reader.post(FOLLOW, {**data, "email": "x"}).status_code == 400
    assert not SignUp.objects.exists()
    reasons = set(Refusal.objects.values_list("reason", flat=True))
    assert {"other-site", "trap", "malformed"} <= reasons


def test_the_answer_tells_nothing_of_the_address(reader, subscriber):
    states = ["pending", "active", "bounced"]
    for state in states:
        subscriber(f"{state}@example.org", state)
    answers = set()
    for name in ("new", *states[:2]):
        answer = reader.post(FOLLOW, {"email": f"{name}@example.org", **OPEN})
        answers.add((answer.status_code, answer.content, answer.url))
    assert len(answers) == 1


def test_a_proof_is_asked_for_and_the_alert_kept(reader, monkeypatch):
    monkeypatch.setattr("newsletter.signup.process.is_risky", lambda network: True)
    page = reader.post(FOLLOW, {"email": "reader@example.org", **OPEN})
    assert page.status_code == 428
    assert f'action="{FOLLOW}"'.encode() in page.content
    assert {"list", "query"} <= {name for name, _value in page.context["posted_fields"]}


def test_alerts_are_asked_for_by_the_api(client):
    body = {"email": "reader@example.org", "language": "fr", **OPEN, "frequency": "at_once"}
    url = "/api/v1/newsletter/"
    answer = client.post(url, body, "application/json")
    assert answer.status_code == 202, answer.content
    (choice,) = SignUp.objects.get().choices
    assert choice["query"] == "status=open&topic=rivers"
    wrong = client.post(url, {**body, "query": "topic=x"}, "application/json")
    assert wrong.status_code == 400


# --- Preferences page -------------------------------------------------------------------------


@pytest.fixture
def member(db):
    return active()


@pytest.fixture
def address(member):
    return f"/en/newsletter/preferences/{preferences_token(member)}/"


def test_alerts_are_named_in_words(client, member, address):
    call = factories.published(Call, title_en="Clean water")
    hidden = factories.draft(Call, title_en="Secret")
    subscribe(member, "status=open&topic=rivers")
    for item in (call, hidden):
        watch(member, item)
    page = client.get(address).content.decode()
    assert "Calls: Rivers · Open" in page
    assert "Clean water" in page
    assert "Secret" not in page


def test_an_alert_is_muted_and_unmuted(client, member, address):
    alert = subscribe(member)
    for word, is_muted in (("mute", True), ("unmute", False)):
        answer = client.post(f"{address}alerts/{alert.pk}/", {word: "yes"})
        assert b"muted" in client.get(answer.url).content
        alert.refresh_from_db()
        assert alert.is_muted is is_muted


def test_a_muted_item_is_unmuted_by_its_owner_alone(client, member, address):
    call = factories.published(Call, title_en="Clean water")
    mute = Mute.objects.create(subscriber=member, item=call)
    others = Mute.objects.create(subscriber=active(2), item=call)
    assert b"Clean water" in client.get(address).content
    client.post(f"{address}unmute/{others.pk}/")
    client.post(f"{address}unmute/{mute.pk}/")
    assert list(Mute.objects.all()) == [others]
    assert client.get(f"{address}unmute/{others.pk}/").status_code == 405


def test_somebody_else_s_alert_is_out_of_reach(client, member, address):
    other = subscribe(active(2))
    client.post(f"{address}alerts/{other.pk}/", {"mute": "yes"})
    client.post(f"{address}alerts/{other.pk}/", {"stop": "yes"})
    other.refresh_from_db()
    assert (other.is_muted, other.is_active) == (False, True)
    assert Subscriber.objects.filter(state="active").count() == 2


def test_who_has_alerts_may_want_nothing_beside_them(client, member, address):
    subscribe(member, kind="topic")
    subscribe(member)
    answer = client.post(address, {"language": "fr"})
    assert answer.status_code == 302
    member.refresh_from_db()
    assert member.language == "fr"
    assert [one.kind for one in member.subscriptions.active()] == ["filter"]
