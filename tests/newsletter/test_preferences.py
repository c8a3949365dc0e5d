"""Tests of the preferences page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from newsletter.models import ConsentEvent, SignUp, Subscriber, Subscription, Suppression
from newsletter.subscriptions import apply_choices, regular_choices
from newsletter.tokens import preferences_token
from tests import factories

ACTIVE = Subscriber.State.ACTIVE


@pytest.fixture
def member(subscriber):
    member = subscriber(state=ACTIVE, language="en")
    apply_choices(member, regular_choices(["editions", "calls"]))
    return member


@pytest.fixture
def address(member):
    return f"/en/newsletter/preferences/{preferences_token(member)}/"


def alert(member, query="status=open"):
    return Subscription.objects.create(
        subscriber=member, kind="filter", section="calls", query=query
    )


def events():
    return list(ConsentEvent.objects.order_by("pk").values_list("event", flat=True))


def got(member):
    return sorted(
        member.subscriptions.active().values_list("kind", "section", "query", "frequency")
    )


def test_the_page_shows_what_somebody_gets(reader, member, address):
    alert(member)
    page = reader.get(address)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert not page.cookies
    form = page.context["form"]
    assert sorted(form["what"].value()) == ["calls", "editions"]
    assert b"Calls: Open" in page.content
    assert b'content="noindex"' in page.content


def test_a_choice_is_changed(reader, member, address):
    factories.topic("Health", slug="health")
    alert(member)
    choice = {"what": ["calls", "news"], "topics": "health", "frequency": "daily"}
    response = reader.post(address, {**choice, "language": "fr"})
    assert response.url == f"{address}?done=saved"
    assert b"is saved" in reader.get(response.url).content
    assert got(member) == [
        ("filter", "calls", "status=open", "daily"),
        ("topic", "calls", "topic=health", "daily"),
        ("topic", "news", "topic=health", "daily"),
    ]
    member.refresh_from_db()
    assert member.language == "fr"
    assert events() == ["changed"]
    assert ConsentEvent.objects.get().purposes == [
        "calls by a filter status=open",
        "calls health",
        "news health",
    ]
    ended = member.subscriptions.exclude(ended_at=None)
    assert set(ended.values_list("end_reason", flat=True)) == {"replaced"}


def test_only_the_frequency_is_changed_in_place(reader, member, address):
    before = set(member.subscriptions.values_list("pk", flat=True))
    reader.post(address, {"what": ["editions", "calls"], "frequency": "at_once"})
    assert set(member.subscriptions.values_list("pk", flat=True)) == before
    assert got(member)[1] == ("topic", "calls", "", "at_once")


@pytest.mark.parametrize(
    ("field", "value"),
    [("what", ""), ("what", "a\0"), ("topics", "none"), ("frequency", "x" * 10_000)],
)
def test_what_is_not_offered_changes_nothing(reader, member, address, field, value):
    before = got(member)
    response = reader.post(address, {"what": "calls", "frequency": "daily", field: value})
    assert response.status_code == 400
    assert b"<title>Error" in response.content
    assert got(member) == before


def test_who_had_left_begins_again(reader, subscriber):
    member = subscriber(state=Subscriber.State.UNSUBSCRIBED)
    address = f"/en/newsletter/preferences/{preferences_token(member)}/"
    assert b"no e-mails at the moment" in reader.get(address).content
    reader.post(address, {"what": "news", "frequency": "weekly"})
    member.refresh_from_db()
    assert member.is_active
    assert events() == ["confirmed"]


@pytest.mark.parametrize(("reason", "is_lifted"), [("bounced", True), ("requested", False)])
def test_who_returns_is_written_to_again(reader, subscriber, reason, is_lifted):
    member = subscriber(state=Subscriber.State.BOUNCED)
    Suppression.objects.suppress(member.email, reason)
    address = f"/en/newsletter/preferences/{preferences_token(member)}/"
    reader.post(address, {"what": "news", "frequency": "weekly"})
    assert Subscriber.objects.mailable().exists() is is_lifted


def test_mail_pauses_until_a_day(reader, member, address):
    until = timezone.localdate() + timedelta(days=30)
    assert reader.post(f"{address}pause/", {"until": until}).status_code == 302
    assert not Subscriber.objects.mailable().exists()
    assert Subscriber.objects.mailable(on=until).exists()
    assert b"Resume e-mails" in reader.get(address).content
    reader.post(f"{address}pause/", {"resume": "yes"})
    assert Subscriber.objects.mailable().exists()
    assert events() == ["paused", "changed"]


@pytest.mark.parametrize("until", ["", "soon", "2020-01-01", "9999-12-31", "\0", "x" * 10_000])
def test_a_day_that_is_no_day_pauses_nothing(reader, member, address, until):
    response = reader.post(f"{address}pause/", {"until": until})
    assert response.status_code == 400
    assert b"Choose a date" in response.content or b"Enter a date" in response.content
    assert Subscriber.objects.get().paused_until is None


def test_an_alert_is_changed_and_ended(reader, member, address):
    one, other = alert(member), alert(member, "status=forthcoming")
    reader.post(f"{address}alerts/{one.pk}/", {"frequency": "weekly"})
    one.refresh_from_db()
    assert one.frequency == "weekly"
    for _time in range(2):
        assert reader.post(f"{address}alerts/{one.pk}/", {"stop": "yes"}).status_code == 302
    assert list(member.subscriptions.active().filter(kind="filter")) == [other]
    assert events() == ["stopped"]


def test_nobody_reaches_another_s_alert(reader, member, address, subscriber):
    theirs = alert(subscriber("other@example.org", ACTIVE))
    for change in ({"stop": "yes"}, {"frequency": "at_once"}):
        reader.post(f"{address}alerts/{theirs.pk}/", change)
    theirs.refresh_from_db()
    assert theirs.is_active
    assert theirs.frequency == "daily"


def test_an_alert_has_no_other_frequency(reader, member, address):
    one = alert(member)
    response = reader.post(f"{address}alerts/{one.pk}/", {"frequency": "hourly"})
    assert response.status_code == 400


def test_leaving_ends_everything(reader, member, address):
    alert(member)
    response = reader.post(f"{address}leave/")
    assert b"You are unsubscribed" in response.content
    assert got(member) == []
    member.refresh_from_db()
    assert member.state == Subscriber.State.UNSUBSCRIBED
    assert member.ended_at
    assert events() == ["left"]


def test_all_that_is_kept_is_exported(reader, member, address, mailed_sign_up):
    alert(member)
    mailed_sign_up(member)
    response = reader.post(f"{address}data/")
    assert "attachment" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    data = response.json()
    assert data["subscriber"]["email"] == "reader@example.org"
    assert [s["what"] for s in data["subscriptions"]] == ["editions", "calls", "calls"]
    assert [e["event"] for e in data["consent"]] == ["exported"]
    assert len(data["sign_ups"]) == 1


def test_erasing_forgets_who_it_was(reader, member, address, mailed_sign_up):
    mailed_sign_up(member)
    page = reader.get(f"{address}erase/")
    assert b"What we keep" in page.content
    response = reader.post(f"{address}erase/")
    assert b"erased" in response.content
    member.refresh_from_db()
    assert (member.email, member.address_hash) == (None, "")
    assert member.state == Subscriber.State.ERASED
    assert not SignUp.objects.exists()
    assert not Subscription.objects.exists()
    assert not Suppression.objects.exists()
    assert events() == ["left", "erased"]
    assert reader.get(address).status_code == 410


def test_who_wants_no_mail_ever_is_remembered_by_a_hash(reader, member, address, sign_up):
    reader.post(f"{address}erase/", {"never": "yes"})
    assert Suppression.objects.is_suppressed("reader@example.org")
    sign_up("reader@example.org")
    assert not SignUp.objects.filter(state="mailed").exists()


def test_who_was_erased_may_come_back(reader, member, address, sign_up, mailoutbox):
    reader.post(f"{address}erase/")
    sign_up("reader@example.org")
    assert len(mailoutbox) == 1
    assert Subscriber.objects.filter(email="reader@example.org").exists()


@pytest.mark.parametrize("part", ["", "pause/", "alerts/1/", "leave/", "data/", "erase/"])
def test_a_forged_address_opens_nothing(reader, member, address, part):
    forged = address.replace("/preferences/", "/preferences/0") + part
    assert reader.post(forged).status_code == 404
    member.refresh_from_db()
    assert member.is_active


@pytest.mark.parametrize("part", ["pause/", "alerts/1/", "leave/", "data/"])
def test_what_changes_something_is_only_posted_to(reader, address, part):
    for method in ("get", "head"):
        assert getattr(reader, method)(address + part).status_code == 405
