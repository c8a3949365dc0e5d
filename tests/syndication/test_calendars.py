"""Calendars of calls and events: content, cancellations and conformance to RFC 5545."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.utils import timezone
from icalendar import Calendar

from calls.models import Call, KeyDate
from calls.timeline import calls_calendar
from initiatives.models import Initiative
from localisation import clock
from news.models import Article, Event
from publishing import workflow
from publishing.revisions import CANCELLATION_PERIOD, snapshots
from publishing.workflow import publish, save_draft, undo_publish, unpublish
from tests import factories
from tests.website.test_query_counts import queries, rich

pytestmark = pytest.mark.django_db

SECRET = "Unannounced zebra"
BRUSSELS = ZoneInfo("Europe/Brussels")
AT = datetime(2027, 3, 4, 16, tzinfo=UTC)
REQUIRED = {"VCALENDAR": ["PRODID", "VERSION"], "VEVENT": ["UID", "DTSTAMP", "DTSTART"]}


def read(content):
    """Return the events of a calendar by UID, after validating it by RFC 5545."""
    assert content.endswith(b"\r\n")
    lines = content.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 75
    assert not any(byte < 32 and byte != 9 for line in lines for byte in line)
    content.decode()
    calendar = Calendar.from_ical(content)
    assert calendar.errors == []
    for part in calendar.walk():
        assert part.errors == []
        assert all(name in part for name in REQUIRED.get(part.name, []))
    zones = {str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")}
    events = calendar.walk("VEVENT")
    used = {e[n].params.get("TZID") for e in events for n in ("dtstart", "dtend") if n in e}
    assert used - {None} == zones
    for event in events:
        assert not ("DTEND" in event and event["dtend"].dt <= event["dtstart"].dt)
        assert event["dtstamp"].dt == event["last-modified"].dt
    found = {str(event["uid"]): event for event in events}
    assert len(found) == len(events)
    return found


def events(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return read(response.content)


def webcal(path):
    return f"webcal://{urlsplit(settings.PORTAL_URL).netloc}{path}"


def status(found):
    return {str(event["summary"]): str(event["status"]) for event in found.values()}


def call(**fields):
    """Publish a call with a deadline and an opening day."""
    item = factories.draft(Call, **{"title_en": "Rivers", "slug": "rivers", **fields})
    KeyDate.objects.create(call=item, kind="opening", at=AT - timedelta(30), precision="day")
    KeyDate.objects.create(call=item, kind="full-proposal", at=AT)
    return publish(item=item)


def event(**fields):
    values = {"title_en": "Info day", "slug": "info", "starts_at": AT}
    return factories.published(
        Event, **{"ends_at": AT + timedelta(hours=2), **values, **fields}
    )


# --- Content ----------------------------------------------------------------------------


def test_call_has_its_dates_with_alarms_before_the_deadline(client):
    item = call(reference="R1")
    found = events(client, f"{item.get_absolute_url()}calendar.ics")
    opening, deadline = found.values()
    assert opening["dtstart"].dt == date(2027, 2, 2)
    assert opening["dtend"].dt == date(2027, 2, 3)
    assert str(opening["summary"]) == "R1: Opening"
    assert opening.walk("VALARM") == []
    assert deadline["dtstart"].dt == datetime(2027, 3, 4, 17, tzinfo=BRUSSELS)
    assert [alarm["trigger"].dt for alarm in deadline.walk("VALARM")] == [
        timedelta(days=-14),
        timedelta(days=-3),
    ]
    plan = events(client, f"{item.get_absolute_url()}plan.ics")
    assert {uid: found[uid].to_ical() for uid in plan} == {
        uid: step.to_ical() for uid, step in plan.items()
    }


def test_expected_date_is_marked_and_a_month_is_no_day(client):
    item = call()
    KeyDate.objects.create(call=item, kind="decision", at=AT, certainty="expected")
    KeyDate.objects.create(call=item, kind="results", at=AT, precision="month")
    publish(item=item)
    found = status(events(client, "/en/calls/calendar.ics"))
    assert found["Rivers: Decision (Expected)"] == "TENTATIVE"
    assert not any("results" in summary for summary in found)


def test_step_of_a_funder_is_in_the_call_and_not_in_the_list(client):
    item = call()
    factories.offer(item, extra_step_en="Form", extra_step_at=AT)
    publish(item=item)
    assert len(events(client, "/en/calls/rivers/calendar.ics")) == 3
    assert len(events(client, "/en/calls/calendar.ics")) == 2


def test_event_has_its_time_place_and_last_moment_to_register(client):
    item = event(
        place_en="Hall; A, B", country="BE", registration_deadline_at=AT - timedelta(9)
    )
    found = events(client, f"{item.get_absolute_url()}calendar.ics")
    meeting, registration = found.values()
    assert str(meeting["location"]) == "Hall; A, B, Belgium"
    assert meeting["dtend"].dt - meeting["dtstart"].dt == timedelta(hours=2)
    assert meeting.walk("VALARM") == []
    assert len(registration.walk("VALARM")) == 2
    assert "Registration closes" in registration["summary"]


def test_whole_days_end_on_the_day_after(client):
    event(is_all_day=True, ends_at=AT + timedelta(days=1))
    (found,) = events(client, "/en/events/calendar.ics").values()
    assert (found["dtstart"].dt, found["dtend"].dt) == (date(2027, 3, 4), date(2027, 3, 6))


def test_calendar_asks_to_be_looked_at_twice_a_day_and_is_sent_once(client):
    event()
    response = client.get("/en/events/calendar.ics")
    headers = {"if-none-match": response["ETag"]}
    assert client.get("/en/events/calendar.ics", headers=headers).status_code == 304
    content = response.text
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n" in content
    assert "X-PUBLISHED-TTL:PT12H\r\n" in content


def test_text_that_a_calendar_cannot_hold_is_left_out(client):
    nasty = 'a\x01\x0b;,\\ "BEGIN:VEVENT" ]]> 💩 \u202eשלום ' + "é" * 70
    event(title_en=nasty, summary_en=f"{nasty}\r\nnext\rline", place_en=nasty)
    (found,) = events(client, "/en/events/calendar.ics").values()
    assert str(found["summary"]) == nasty.replace("\x01", "").replace("\x0b", "")
    assert "\nnext\nline\n" in found["description"]


def test_calendar_of_ticked_calls():
    call()
    call(title_en="Lakes", slug="lakes")
    chosen = Call.objects.published().filter(slug="lakes")
    found = read(calls_calendar(chosen, "Chosen").to_ical())
    assert {str(one["summary"]) for one in found.values()} == {
        "Lakes: Opening",
        "Lakes: Submit the full proposal",
    }


# --- Lists ------------------------------------------------------------------------------


def test_list_is_followed_as_it_is_filtered(client):
    health = factories.topic(slug="health")
    call(topics=[health])
    call(title_en="Lakes", slug="lakes")
    event(topics=[health])
    event(title_en="Other", slug="other")
    for address, count in [("calls", 2), ("events", 1)]:
        page = client.get(f"/en/{address}/?topic=health&sort=title").text
        link = f"/en/{address}/calendar.ics?topic=health"
        assert f'type="text/calendar" title="{address.title()} – Health (iCalendar)"' in page
        assert f'href="{webcal(link)}"' in page
        assert len(events(client, link)) == count
    assert len(events(client, "/en/topics/health/calendar.ics")) == 3
    assert webcal("/en/topics/health/calendar.ics") in (client.get("/en/topics/health/").text)


@pytest.mark.parametrize("address", ["/en/calls/rivers/", "/en/events/info/"])
def test_page_with_dates_offers_them(client, address):
    call()
    event()
    page = client.get(address).text
    assert f'href="{address}calendar.ics"' in page
    assert f'href="{webcal(address)}calendar.ics"' in page


def test_initiative_has_the_dates_of_its_calls_and_events(client):
    initiative = factories.published(Initiative, slug="water")
    call(initiative=initiative)
    call(slug="lakes")
    event().initiatives.add(initiative)
    event(slug="other")
    assert len(events(client, "/en/initiatives/water/calendar.ics")) == 3


@pytest.mark.parametrize("query", ["topic=nonsense", "sort=nonsense", "q=" + "x" * 10_000])
def test_wrong_filter_is_named(client, query):
    for address in ("calls", "events"):
        response = client.get(f"/en/{address}/calendar.ics?{query}")
        assert response.status_code == 400
        assert response.text.startswith(f"{query.split('=')[0]}: ")


# --- Changes ----------------------------------------------------------------------------


def test_change_raises_the_sequence_and_keeps_the_uid(client):
    item = event()
    (before,) = events(client, "/en/events/calendar.ics").values()
    publish(item=item)  # no change
    assert events(client, "/en/events/calendar.ics") == {str(before["uid"]): before}
    Event.objects.update(starts_at=AT - timedelta(hours=1), slug="moved")
    publish(item=Event.objects.get())
    (after,) = events(client, "/en/events/calendar.ics").values()
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["last-modified"].dt >= before["last-modified"].dt
    assert client.get("/en/events/info/calendar.ics")["Location"] == (
        "/en/events/moved/calendar.ics"
    )


def hide(item):
    unpublish(item=item)
    # Later edits by staff must not become public.
    type(item).objects.filter(pk=item.pk).update(title_en=SECRET, slug="secret")


def delete(item):
    revision = workflow.record_deletion(item)
    item.delete()
    return revision


@pytest.mark.parametrize("withdraw", [hide, delete])
def test_withdrawn_event_is_cancelled_and_tells_no_more_than_was_known(client, withdraw):
    item = event(summary_en=SECRET, place_en="Hall", online_url="https://example.org/")
    (before,) = events(client, "/en/events/calendar.ics").values()
    withdraw(item)
    for address in ("/en/events/calendar.ics", "/en/events/info/calendar.ics"):
        assert SECRET not in client.get(address).text
        ((uid, after),) = events(client, address).items()
        assert uid == before["uid"]
        assert (after["status"], after["summary"]) == ("CANCELLED", "Info day")
        assert after["dtstart"].dt == before["dtstart"].dt
        assert after["sequence"] > before["sequence"]
        assert not {"DESCRIPTION", "LOCATION", "URL"} & after.keys()
    with clock.set_to(timezone.now() + CANCELLATION_PERIOD + timedelta(days=1)):
        assert events(client, "/en/events/calendar.ics") == {}
        assert client.get("/en/events/info/calendar.ics").status_code == 404


@pytest.mark.parametrize("withdraw", [hide, delete])
def test_withdrawn_call_is_cancelled_date_by_date(client, withdraw):
    withdraw(call())
    for address in ("/en/calls/calendar.ics", "/en/calls/rivers/calendar.ics"):
        assert status(events(client, address)) == {
            "Rivers: Opening": "CANCELLED",
            "Rivers: Submit the full proposal": "CANCELLED",
        }


@pytest.mark.parametrize("is_deleted", [False, True])
def test_what_comes_back_is_confirmed_again_with_a_higher_sequence(client, is_deleted):
    item = event()
    revision = delete(item) if is_deleted else hide(item)
    (cancelled,) = events(client, "/en/events/calendar.ics").values()
    item = workflow.restore_deleted(revision=revision) if is_deleted else item
    publish(item=item)
    (back,) = events(client, "/en/events/calendar.ics").values()
    assert back["status"] == "CONFIRMED"
    assert back["sequence"] > cancelled["sequence"]


def test_what_was_never_public_or_by_mistake_is_not_cancelled(client):
    factories.draft(Event, title_en=SECRET, slug="secret")
    delete(factories.draft(Event, title_en=SECRET))
    undo_publish(item=event(title_en=SECRET, slug="mistake"))
    changed = event()
    data = snapshots.dump_live(changed)
    data["fields"]["title_en"] = SECRET
    save_draft(item=changed, snapshot=data, seen=workflow.head(changed).number)
    assert status(events(client, "/en/events/calendar.ics")) == {"Info day": "CONFIRMED"}
    for slug in ("secret", "mistake"):
        assert client.get(f"/en/events/{slug}/calendar.ics").status_code == 404


def test_cancelled_is_told_where_the_item_may_have_been_listed(client):
    health, heat = factories.topic(slug="health"), factories.topic(slug="heat")
    narrow = factories.topic(slug="rare", parent=health)
    water = factories.published(Initiative, slug="water")
    dry = factories.published(Initiative, slug="dry")
    item = call(topics=[narrow], initiative=water)
    unpublish(item=item)
    Call.objects.update(initiative=dry)
    item.topics.set([heat])
    for query in ("topic=health", "topic=rare", "initiative=water", "status=open", "q=x"):
        assert len(events(client, f"/en/calls/calendar.ics?{query}")) == 2, query
    for query in ("topic=heat", "initiative=dry"):
        assert events(client, f"/en/calls/calendar.ics?{query}") == {}
    for address in ("topics/health", "initiatives/water"):
        assert len(events(client, f"/en/{address}/calendar.ics")) == 2
    for address in ("topics/heat", "initiatives/dry"):
        assert events(client, f"/en/{address}/calendar.ics") == {}


def test_date_that_a_call_no_longer_has_is_cancelled(client):
    item = call()
    before = events(client, "/en/calls/calendar.ics")
    item.key_dates.get(kind="opening").delete()
    assert len(before) == 2
    publish(item=item)
    after = events(client, "/en/calls/rivers/calendar.ics")
    assert after.keys() == before.keys()
    assert status(after) == {
        "Rivers: Opening": "CANCELLED",
        "Rivers: Submit the full proposal": "CONFIRMED",
    }
    assert all(after[uid]["sequence"] > before[uid]["sequence"] for uid in before)


def test_page_of_a_preview_or_version_offers_no_calendar(client):
    item = event()
    page = client.get(f"{item.get_absolute_url()}versions/1/").text
    assert "calendar.ics" not in page


@pytest.mark.parametrize("model", [Call, Event])
def test_calendars_take_a_constant_number_of_queries(client, model):
    topic = factories.topic(slug="health")
    address = "/en/calls/" if model is Call else "/en/events/"
    addresses = [f"{address}calendar.ics", "/en/topics/health/calendar.ics"]

    def add():
        rich(model, [topic])
        unpublish(item=rich(model, [topic]))

    add()
    one = [queries(client, address) for address in addresses]
    for _ in range(4):
        add()
    assert [queries(client, address) for address in addresses] == one


def test_lists_without_dates_have_no_calendar(client):
    factories.published(Article)
    assert client.get("/en/news/calendar.ics").status_code == 404
    assert "calendar.ics" not in client.get("/en/news/").text
