"""Timeline for applicants: page, API and calendar file."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from icalendar import Calendar

from calls.models import Call, KeyDate
from calls.timeline import TimelineChart, timeline_steps
from localisation import clock
from publishing import workflow
from publishing.revisions import snapshots
from publishing.workflow import publish, save_draft
from tests.calls.test_status import key_dates
from tests.factories import draft, offer, organisation, published

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 1, tzinfo=UTC)
DATES = """
    opening         2026-01-05T09:00
    info-day        2026-01-20
    registration    2026-02-24T17:00
    pre-proposal    2026-03-10T17:00
    stage-1-result  2026-05-04
    full-proposal   2026-06-30T17:00  expected
    rebuttal        2026-09-07T09:00..2026-09-11T17:00
    decision        2026-11  expected
"""


@pytest.fixture(autouse=True)
def _now():
    with clock.set_to(NOW):
        yield


def call_with(text=DATES, **fields):
    call = draft(Call, **fields)
    KeyDate.objects.bulk_create(key_dates(call, text))
    call.update_instants()
    funder = organisation("Vlaams Fonds", acronym_en="VF")
    offer(
        call,
        organisation=funder,
        extra_step_en="Send the budget form.",
        extra_step_at=datetime(2026, 3, 12, 11, tzinfo=UTC),
        timezone="Europe/Helsinki",
        extra_step_url="https://funder.example.org/form",
    )
    return publish(item=call, reason="x")


def calendar(client, call, language="en"):
    response = client.get(f"/{language}/calls/{call.slug}/plan.ics")
    assert response.status_code == 200
    return Calendar.from_ical(response.content)


def events(client, call):
    return {str(event["uid"]): event for event in calendar(client, call).walk("VEVENT")}


def test_plan_has_what_applicants_do_in_order():
    call = call_with()
    assert [(step.kind, step.label) for step in timeline_steps(call)] == [
        ("info-day", "Attend the information day"),
        ("registration", "Register in the submission system"),
        ("pre-proposal", "Submit the pre-proposal"),
        ("national-step", "Extra national step for applicants to VF"),
        ("full-proposal", "Submit the full proposal, if you are invited to"),
        ("rebuttal", "Respond to the evaluators"),
    ]


def test_step_without_a_date_comes_before_the_deadline_that_it_is_for():
    call = call_with(
        "full-proposal 2026-03-10T17:00", submission_url="https://submit.example.org/"
    )
    call.offers.update(extra_step_at=None)
    kinds = [(step.kind, step.date is None) for step in timeline_steps(call)]
    assert kinds == [
        ("national-step", True),
        ("registration", True),
        ("full-proposal", False),
    ]


def test_call_without_deadlines_has_no_plan(client):
    call = published(Call)
    assert timeline_steps(call) == []
    assert not TimelineChart(timeline_steps(call))
    assert 'id="plan"' not in client.get(call.get_absolute_url()).text
    assert list(calendar(client, call).walk("VEVENT")) == []


@pytest.mark.parametrize("language", ["en", "fr", "nl"])
def test_page_shows_the_plan_as_picture_list_and_file(client, language):
    call = call_with()
    page = client.get(f"/{language}/calls/{call.slug}/").text
    assert '<svg class="plan_picture"' in page
    chart = page.split('<svg class="plan_picture"')[1].split("</svg>")[0]
    assert 'cx="96' in chart  # the last step, at the end of the line
    assert chart.count("<circle") == 6
    assert "," not in chart.split('cx="')[1].split('"')[0]
    assert "Send the budget form." in page
    assert f"/{language}/calls/{call.slug}/plan.ics" in page


def test_picture_leaves_out_what_has_passed_and_keeps_numbers():
    call = call_with()
    with clock.set_to(datetime(2026, 3, 11, tzinfo=UTC)):
        chart = TimelineChart(timeline_steps(call))
        assert [marker.number for marker in chart.markers] == [4, 5, 6]
        assert all(4 <= marker.x <= 96 for marker in chart.markers)
        assert chart.markers[0].x == pytest.approx(4.5, abs=1)
        assert len(chart.ticks) <= 4
    with clock.set_to(datetime(2027, 1, 1, tzinfo=UTC)):
        assert not TimelineChart(timeline_steps(call))


def test_markers_that_are_near_stand_in_rows_of_their_own():
    call = call_with("\n".join(f"full-proposal 2026-03-{day}T17:00" for day in range(10, 16)))
    chart = TimelineChart(timeline_steps(call))
    places = [(marker.x, marker.y) for marker in chart.markers]
    for index, (x, y) in enumerate(places):
        assert all(abs(x - other) >= 10 for other, row in places[:index] if row == y)
    assert chart.height > max(y for _x, y in places)


def test_calendar_file_names_zones_and_reminds_14_and_3_days_before(client):
    call = call_with()
    response = client.get(reverse("calls:timeline-ics", args=[call.slug]))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert f'filename="{call.slug}.ics"' in response["Content-Disposition"]
    found = Calendar.from_ical(response.content)
    assert {str(zone["tzid"]) for zone in found.walk("VTIMEZONE")} == {
        "Europe/Brussels",
        "Europe/Helsinki",
    }
    deadline = next(e for e in found.walk("VEVENT") if "pre-proposal" in e["summary"])
    brussels = ZoneInfo("Europe/Brussels")
    assert deadline.decoded("dtstart") == datetime(2026, 3, 10, 17, tzinfo=brussels)
    assert deadline["dtstart"].params["TZID"] == "Europe/Brussels"
    alarms = [alarm.decoded("trigger") for alarm in deadline.walk("VALARM")]
    assert alarms == [timedelta(days=-14), timedelta(days=-3)]
    assert call.get_absolute_url() in deadline["url"]
    assert "17:00 Brussels time, CET" in deadline["description"]


def test_calendar_file_shows_whole_days_periods_and_what_is_expected(client):
    found = {str(e["summary"]).split(": ")[1]: e for e in events(client, call_with()).values()}
    day = found["Attend the information day"]
    assert (str(day.decoded("dtstart")), str(day.decoded("dtend"))) == (
        "2026-01-20",
        "2026-01-21",
    )
    rebuttal = found["Respond to the evaluators"]
    assert rebuttal.decoded("dtend") - rebuttal.decoded("dtstart") == timedelta(days=4, hours=8)
    expected = found["Submit the full proposal, if you are invited to (Expected)"]
    assert expected["status"] == "TENTATIVE"
    assert rebuttal["status"] == "CONFIRMED"


def test_calendar_file_has_no_day_for_what_is_known_to_the_month(client):
    call = call_with("full-proposal 2026-03")
    assert [str(e["summary"]) for e in events(client, call).values()] == [
        f"{call.title}: Extra national step for applicants to VF"
    ]


def test_moved_step_keeps_its_uid_and_gets_a_higher_sequence(client):
    call = call_with()
    before = events(client, call)
    assert {str(e["uid"]): e for e in calendar(client, call, "fr").walk("VEVENT")}.keys() == (
        before.keys()
    )
    data = snapshots.dump(Call.objects.get())
    data["rows"]["key_dates"] = [
        row | {"fields": row["fields"] | {"at": "2026-04-01T15:00:00+00:00"}}
        if row["fields"]["kind"] == "pre-proposal"
        else row
        for row in data["rows"]["key_dates"]
    ]
    save_draft(item=call, snapshot=data, seen=workflow.head(call).number)
    assert {uid: e["dtstart"].dt for uid, e in events(client, call).items()} == {
        uid: e["dtstart"].dt for uid, e in before.items()
    }
    publish(item=call, reason="x")
    after = events(client, call)
    assert after.keys() == before.keys()
    assert all(after[uid]["sequence"] > before[uid]["sequence"] for uid in before)
    moved = [uid for uid in after if after[uid]["dtstart"].dt != before[uid]["dtstart"].dt]
    assert len(moved) == 1


def test_calendar_file_survives_what_people_type(client):
    text = "Lines\nand; commas, \\ and “quotes”\r\nBEGIN:VEVENT " + "long " * 100
    call = call_with(title_en="A;B,C\\D")
    call.offers.update(extra_step_en=text)
    (step,) = [
        e for e in events(client, call).values() if "Extra national step" in e["summary"]
    ]
    assert "BEGIN:VEVENT long" in step["description"]
    assert str(step["summary"]).startswith("A;B,C\\D: ")
    assert len(events(client, call)) == 6


def test_plan_of_a_draft_is_not_found(client):
    call = draft(Call, title_en="Unannounced zebra", slug="unannounced")
    for name in ("timeline-ics", "changes"):
        response = client.get(reverse(f"calls:{name}", args=[call.slug]))
        assert response.status_code == 404
        assert "zebra" not in response.text


def test_plan_in_the_api_is_that_of_the_page(client):
    call = call_with()
    plan = client.get(f"/api/v1/calls/{call.pk}/").json()["plan"]
    assert [step["kind"] for step in plan] == [step.kind for step in timeline_steps(call)]
    national = plan[3]
    assert national["funder"] == "Vlaams Fonds"
    assert national["until"]["local_at"] == "2026-03-12T13:00:00+02:00"
    assert national["url"] == "https://funder.example.org/form"
    assert national["text"] == "Send the budget form."


def test_suspended_call_says_so_in_the_calendar(client):
    call = call_with(DATES + "\n suspension 2025-12-20T12:00")
    steps = events(client, call).values()
    assert {str(event["status"]) for event in steps} == {"TENTATIVE"}
    assert all("This call is suspended" in event["description"] for event in steps)
    page = client.get(call.get_absolute_url()).text
    assert "This call is suspended: proposals are not accepted for now." in page


def test_page_names_the_stage_where_it_says_more_than_the_status(client):
    call = call_with()
    for instant, stage in [("2026-02-01", "Pre-proposals"), ("2026-09-08", "Rebuttal")]:
        with clock.set_to(datetime.fromisoformat(instant).replace(tzinfo=UTC)):
            facts = client.get(call.get_absolute_url()).text.split("<dl")[1].split("</dl>")[0]
            assert f'<dd class="facts__value">{stage}</dd>' in facts
    plain = call_with("opening 2025-12-01\n full-proposal 2026-03-10")
    assert plain.stage == "full-proposal"
    assert plain.informative_stage == ""
