"""Tests of which alerts are sent to whom, when and how often."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from calls.models import Call, KeyDate
from initiatives.models import Initiative
from news.models import Article
from newsletter.alerts import dispatch
from newsletter.models import Delivery, DigestRun, Mute, Suppression
from newsletter.subscriptions import change_frequency
from publishing.workflow import publish, unpublish
from tests import factories
from tests.newsletter.alerts import (
    at,
    at_time,
    published,
    reader,
    republish,
    run_alert_job,
    sent_alerts,
    subscribe,
    watch,
)

NEW = ["new"]


@pytest.fixture(autouse=True)
def first_run(db):
    """Finish the first runs, those of Thursday morning."""
    run_alert_job(at())
    assert DigestRun.objects.count() == 1


def test_a_new_item_is_told_the_next_morning():
    subscribe(reader())
    call = published(on=at(hours=1))
    run_alert_job(at(hours=20))  # five in the morning
    assert sent_alerts() == []
    run_alert_job(at(days=1))
    assert sent_alerts() == [[(call.pk, NEW)]]
    run_alert_job(at(days=2))
    assert sent_alerts() == [[(call.pk, NEW)]]


def test_what_was_public_before_is_not_news():
    subscribe(reader())
    published(on=at(hours=-10))
    run_alert_job(at(days=1))
    assert sent_alerts() == []


def test_the_window_is_half_open():
    """An event at the very end of a run belongs only to the next one."""
    subscribe(reader())
    end = DigestRun.objects.get().until + timedelta(days=1)
    last = published(on=end - timedelta(microseconds=1))
    first = published(on=end)
    run_alert_job(at(days=1))
    run_alert_job(at(days=2))
    assert sent_alerts() == [[(last.pk, NEW)], [(first.pk, NEW)]]


def test_a_round_waits_until_what_was_published_can_be_seen():
    subscribe(reader())
    end = DigestRun.objects.get().until + timedelta(days=1)
    run_alert_job(end + timedelta(seconds=30))
    assert DigestRun.objects.count() == 1
    run_alert_job(end + timedelta(seconds=60))
    assert DigestRun.objects.count() == 2


def test_after_days_without_the_portal_one_mail_tells_all():
    subscribe(reader())
    calls = [published(on=at(days=days)) for days in (0, 1, 2)]
    run_alert_job(at(days=3))
    assert [sorted(mail) for mail in sent_alerts()] == [[(call.pk, NEW) for call in calls]]


def test_at_once_is_told_within_minutes():
    subscribe(reader(), frequency="at_once")
    call = published(on=at(hours=1))
    run_alert_job(at(hours=1) + timedelta(minutes=2))
    run_alert_job(at(hours=1) + timedelta(minutes=3))
    run_alert_job(at(days=1))
    assert sent_alerts() == [[(call.pk, NEW)]]
    assert Delivery.objects.get().priority == Delivery.Priority.ALERT


def test_the_weekly_mail_comes_on_monday():
    subscribe(reader(), frequency="weekly")
    run_alert_job(at(days=4))  # the first Monday
    call = published(on=at(days=5))
    for day in range(5, 11):
        run_alert_job(at(days=day))
        assert sent_alerts() == []
    run_alert_job(at(days=11))
    run_alert_job(at(days=12))
    assert sent_alerts() == [[(call.pk, NEW)]]


def test_a_missed_monday_is_made_up_for_and_comes_once():
    subscribe(reader(), frequency="weekly")
    run_alert_job(at(days=4))
    call = published(on=at(days=5))
    run_alert_job(at(days=12))
    run_alert_job(at(days=13))
    assert sent_alerts() == [[(call.pk, NEW)]]
    run_alert_job(at(days=18))
    assert len(sent_alerts()) == 1


def test_daily_and_weekly_are_one_mail_that_tells_each_item_once():
    member = reader()
    subscribe(member, "kind=prize")
    subscribe(member, frequency="weekly")
    run_alert_job(at(days=4))
    prize = published(on=at(days=5), kind="prize")
    tender = published(on=at(days=5), kind="tender")
    run_alert_job(at(days=6))
    assert sent_alerts() == [[(prize.pk, NEW)]]
    late = published(on=at(days=10, hours=1), kind="prize")
    run_alert_job(at(days=11))
    assert sent_alerts()[1:] == [[(late.pk, NEW), (tender.pk, NEW)]]


def test_what_was_told_at_once_is_not_told_again():
    member = reader()
    alert = subscribe(member, frequency="at_once")
    subscribe(member, "status=forthcoming")
    call = published(on=at(hours=1))
    run_alert_job(at(hours=2))
    with at_time(at(hours=3)):
        alert.end("reader")
    run_alert_job(at(days=1))
    assert sent_alerts() == [[(call.pk, NEW)]]


def test_two_filters_that_find_an_item_tell_it_once():
    member = reader()
    alerts = [subscribe(member), subscribe(member, "kind=national")]
    published(on=at(hours=1))
    run_alert_job(at(days=1))
    ((item,),) = [row.data["items"] for row in Delivery.objects.all()]
    assert item[3] == [alert.pk for alert in alerts]


def test_a_mail_that_was_left_out_has_told_nothing():
    member = reader()
    subscribe(member, frequency="at_once")
    subscribe(member, "kind=national")
    call = published(on=at(hours=1))
    run_alert_job(at(hours=2))
    Delivery.objects.update(state=Delivery.State.SKIPPED)
    run_alert_job(at(days=1))
    assert sent_alerts() == [[(call.pk, NEW)], [(call.pk, NEW)]]


def test_a_change_is_told_when_it_comes_with_a_note():
    subscribe(reader())
    call = published(on=at(days=-10))
    republish(call, on=at(hours=1), summary_en="A slip mended")
    republish(call, "More money", on=at(hours=2), summary_en="More")
    run_alert_job(at(days=1))
    assert sent_alerts() == [[(call.pk, ["changed:3"])]]


def test_a_first_publication_is_no_change():
    subscribe(reader())
    with at_time(at(hours=1)):
        publish(item=factories.draft(Call), change_note={"en": "First"})
    run_alert_job(at(days=1))
    assert [keys for mail in sent_alerts() for _key, keys in mail] == [NEW]


def deadline(call, on, kind="full-proposal", **fields):
    return KeyDate.objects.create(call=call, kind=kind, at=on, **fields)


def test_a_deadline_that_moved_is_told_without_a_note():
    subscribe(reader())
    with at_time(at(days=-10)):
        call = factories.draft(Call)
        date = deadline(call, at(days=60))
    with at_time(at(days=-10)):
        publish(item=call)
    date.at = at(days=70)
    date.save()
    republish(call, on=at(hours=1))
    run_alert_job(at(days=1))
    assert sent_alerts() == [[(call.pk, ["changed:2"])]]


def test_a_call_that_opens_is_told_to_who_looks_for_open_calls():
    subscribe(reader(), "status=open")
    call = published(on=at(days=-10))
    deadline(call, at(hours=5), "opening")
    deadline(call, at(days=60))
    run_alert_job(at(days=1))
    ((item,),) = sent_alerts()
    assert item == (call.pk, [f"opened:{int(at(hours=5).timestamp())}"])


@pytest.mark.parametrize("days", [14, 3])
@pytest.mark.parametrize(
    "last",
    [
        datetime(2027, 3, 31, 15, 0, tzinfo=UTC),  # summer time begins on 28 March
        datetime(2027, 11, 2, 16, 0, tzinfo=UTC),  # and ends on 31 October
        datetime(2027, 6, 1, 21, 59, 59, tzinfo=UTC),
        datetime(2027, 6, 1, 22, 0, 0, tzinfo=UTC),
    ],
)
def test_a_reminder_comes_once_on_the_morning_so_many_days_before(days, last):
    zone = ZoneInfo("Europe/Brussels")
    call = published(on=at(days=-10))
    deadline(call, last)
    local = last.astimezone(zone)
    subscribe(reader())
    found = {}
    day = (local - timedelta(days=days + 2)).replace(hour=6, minute=2)
    DigestRun.objects.all().delete()
    for number in range(4):
        count = Delivery.objects.count()
        now = day + timedelta(days=number)  # in the time zone of the deadline
        run_alert_job(now)
        found[(local.date() - now.date()).days] = Delivery.objects.count() - count
    assert found == {days + 2: 0, days + 1: 0, days: 1, days - 1: 0}
    ((item,),) = sent_alerts()
    assert item == (call.pk, [f"closing:{days}:{int(last.timestamp())}"])


@pytest.mark.parametrize(
    "fields", [{"certainty": "expected"}, {"certainty": "not-before"}, {"precision": "month"}]
)
def test_nobody_is_reminded_of_what_is_not_certain(fields):
    call = published(on=at(days=-10))
    deadline(call, at(days=15), **fields)
    subscribe(reader())
    for day in range(1, 4):
        run_alert_job(at(days=day))
    assert sent_alerts() == []


def test_who_is_told_at_once_is_reminded_in_the_morning():
    call = published(on=at(days=-10))
    deadline(call, at(days=15))
    subscribe(reader(), frequency="at_once")
    run_alert_job(at(days=1))
    assert len(sent_alerts()) == 1
    assert Delivery.objects.get().priority == Delivery.Priority.DIGEST


def test_topics_bring_no_reminders():
    call = published(on=at(days=-10))
    deadline(call, at(days=15))
    subscribe(reader(), kind="topic")
    run_alert_job(at(days=1))
    assert sent_alerts() == []


def test_who_watches_a_call_is_told_of_its_changes_alone():
    call, other = published(on=at(days=-10)), published(on=at(days=-10))
    watch(reader(), call)
    republish(call, "More money", on=at(hours=1))
    republish(other, "Less money", on=at(hours=1))
    run_alert_job(at(days=1))
    assert sent_alerts() == [[(call.pk, ["changed:2"])]]


def test_who_watches_an_initiative_is_told_of_its_new_calls_and_news():
    initiative = published(Initiative, on=at(days=-10))
    watch(reader(), initiative)
    call = published(on=at(hours=1), initiative=initiative)
    with at_time(at(hours=1)):
        article = factories.draft(Article)
        article.initiatives.add(initiative)
        publish(item=article)
    published(on=at(hours=1))
    run_alert_job(at(days=1))
    assert {item[0] for item in sent_alerts()[0]} == {call.pk, article.pk}
    assert len(sent_alerts()[0]) == 2


QUERIES = ["", "status=forthcoming", "kind=prize&kind=tender", "topic=rivers", "q=water"]


@pytest.mark.parametrize("query", QUERIES)
def test_a_filter_finds_what_its_page_shows(query, client):
    rivers = factories.topic("Rivers", slug="rivers")
    subscribe(reader(), query)
    for fields in (
        {"kind": "prize", "title_en": "Clean water"},
        {"kind": "tender", "topics": [rivers]},
        {"kind": "national"},
    ):
        published(on=at(hours=1), **fields)
    with at_time(at(hours=1)):
        deadline(factories.draft(Call, title_en="water"), at(days=60))
    run_alert_job(at(days=1))
    with at_time(at(days=1)):
        page = client.get(f"/en/calls/?{query}")
    shown = {item.pk for item in page.context["object_list"]}
    assert {key for mail in sent_alerts() for key, _keys in mail} == shown
    assert shown


def test_a_filter_whose_topic_is_gone_finds_nothing():
    rivers = factories.topic("Rivers", slug="rivers")
    subscribe(reader(), "topic=rivers")
    rivers.delete()
    published(on=at(hours=1))
    run_alert_job(at(days=1))
    assert sent_alerts() == []


def test_what_was_withdrawn_before_the_round_is_not_told():
    subscribe(reader())
    call = published(on=at(hours=1))
    unpublish(item=call)
    factories.draft(Call)
    run_alert_job(at(days=1))
    assert sent_alerts() == []


def test_who_may_not_be_mailed_is_left_out():
    people = [
        reader(1, paused_until=(timezone.now() + timedelta(days=400)).date()),
        reader(2),
        reader(3),
        reader(4),
    ]
    for member in people:
        subscribe(member)
    Suppression.objects.suppress(people[1].email, Suppression.Reason.REQUESTED)
    people[2].end("unsubscribed")
    published(on=at(hours=1))
    with patch("django.utils.timezone.localdate", return_value=at().date()):
        run_alert_job(at(days=1))
    assert list(Delivery.objects.values_list("subscriber", flat=True)) == [people[3].pk]


def test_muted_items_and_alerts_are_left_out():
    member, other = reader(1), reader(2)
    subscribe(member)
    subscribe(other, is_muted=True)
    muted, heard = published(on=at(hours=1)), published(on=at(hours=1))
    Mute.objects.create(subscriber=member, item=muted)
    run_alert_job(at(days=1))
    assert sent_alerts() == [[(heard.pk, NEW)]]


def test_who_is_told_more_often_from_now_on_misses_nothing_and_hears_nothing_twice():
    member = reader()
    alert = subscribe(member, frequency="weekly")
    run_alert_job(at(days=4))
    call = published(on=at(days=5))
    run_alert_job(at(days=6))
    change_frequency(alert, "daily")
    run_alert_job(at(days=7))
    assert sent_alerts() == [[(call.pk, NEW)]]
    change_frequency(alert, "weekly")
    later = published(on=at(days=7, hours=1))
    run_alert_job(at(days=11))
    assert sent_alerts() == [[(call.pk, NEW)], [(later.pk, NEW)]]


class Killed(BaseException):
    pass


def test_a_round_that_is_killed_goes_on_where_it_was():
    people = [reader(number) for number in range(5)]
    for member in people:
        subscribe(member)
    published(on=at(hours=1))
    enqueue = Delivery.objects.bulk_create
    calls = []

    def killed_at_the_second(_manager, *args, **kwargs):
        calls.append(1)
        made = enqueue(*args, **kwargs)
        if len(calls) == 2:
            raise Killed
        return made

    with patch.object(dispatch, "CHUNK_SIZE", 2):
        with (
            patch.object(type(Delivery.objects), "bulk_create", killed_at_the_second),
            pytest.raises(Killed),
        ):
            run_alert_job(at(days=1))
        assert Delivery.objects.count() == 2
        published(on=at(days=1))
        run_alert_job(at(days=1))
    mailed = Delivery.objects.values_list("subscriber", flat=True)
    assert sorted(mailed) == [member.pk for member in people]
    assert {len(mail) for mail in sent_alerts()} == {1}


def test_a_second_worker_repeats_nothing():
    subscribe(reader())
    published(on=at(hours=1))
    run_alert_job(at(days=1))
    run = DigestRun.objects.first()
    DigestRun.objects.update(finished_at=None, last_subscriber=0)
    dispatch.enqueue_run(run)
    assert len(sent_alerts()) == 1


def test_nothing_new_is_no_mail():
    subscribe(reader())
    subscribe(reader(2), frequency="at_once")
    for day in range(1, 9):
        run_alert_job(at(days=day))
    assert not Delivery.objects.exists()
    assert not DigestRun.objects.filter(finished_at=None).exists()


def test_more_people_need_no_more_queries():
    published(on=at(hours=1))

    def counted(number):
        DigestRun.objects.filter(until__gt=at()).delete()
        for person in range(number):
            member = reader(f"{number}-{person}")
            subscribe(member)
            subscribe(member, "kind=national", frequency="weekly")
        with CaptureQueriesContext(connection) as queries:
            run_alert_job(at(days=1))
        return len(queries)

    assert counted(2) == counted(30)
    assert Delivery.objects.count() == 2 + 30
