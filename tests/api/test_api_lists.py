"""Pagination, filters and ordering of lists."""

from datetime import timedelta

import pytest
from django.utils import timezone

from calls.models import Call, Project
from initiatives.models import Initiative
from news.models import Article, Event
from publishing.models import Topic
from tests import factories
from tests.factories import open_call, published

pytestmark = pytest.mark.django_db


def titles(response):
    return [item["title"] for item in response.json()["results"]]


def test_pages_lead_to_one_another_and_keep_the_filters(api, client):
    for number in range(5):
        published(Call, title_en=f"Call {number}")
    first = api("calls/", {"page_size": 2, "sort": "title", "q": "Call", "lang": "nl"}).json()
    assert (first["count"], first["pages"]) == (5, 3)
    assert (first["page"], first["page_size"]) == (1, 2)
    assert first["previous"] is None
    found, address = [], first["next"]
    while address:
        assert address.startswith("http://testserver/api/v1/calls/?")
        page = client.get(address).json()
        found += [item["title"] for item in page["results"]]
        address = page["next"]
    assert found == ["Call 2", "Call 3", "Call 4"]
    assert client.get(page["previous"]).json()["page"] == 2


def test_page_has_at_most_a_hundred_items(api):
    Topic.objects.bulk_create(Topic(name_en=f"T{n}", slug=f"t{n}") for n in range(101))
    data = api("topics/", {"page_size": "1000000"}).json()
    assert (data["page_size"], len(data["results"]), data["pages"]) == (100, 100, 2)


def test_empty_list_has_one_empty_page(api):
    data = api("calls/").json()
    assert (data["count"], data["pages"], data["results"]) == (0, 1, [])


def test_words_are_searched_in_every_language(api):
    published(Call, title_en="Rare diseases", title_fr="Maladies rares")
    published(Call, title_en="Soil")
    assert titles(api("calls/", {"q": "maladies"})) == ["Rare diseases"]
    assert titles(api("calls/", {"q": "rare soil"})) == []


def test_calls_are_filtered_by_status_and_several_values_widen(api):
    open_call(title_en="Open", days_left=40)
    open_call(title_en="Closing", days_left=3)
    open_call(title_en="Closed", days_left=-1)
    assert titles(api("calls/", {"status": "open"})) == ["Open"]
    assert titles(api("calls/", {"status": ["open", "closing_soon"]})) == ["Closing", "Open"]


def test_calls_are_sorted_as_asked(api):
    published(Call, title_en="B", budget=1)
    published(Call, title_en="A", budget=2)
    published(Call, title_en="C")
    assert titles(api("calls/", {"sort": "title"})) == ["A", "B", "C"]
    assert titles(api("calls/", {"sort": "budget"})) == ["A", "B", "C"]
    assert titles(api("calls/", {"sort": "newest"})) == ["C", "A", "B"]


def test_calls_are_filtered_by_initiative_funder_and_deadline(api):
    initiative = published(Initiative)
    call = open_call(initiative=initiative, title_en="Ours", days_left=5)
    offer = factories.offer(call)
    open_call(title_en="Theirs", days_left=50)
    until = (timezone.now() + timedelta(days=10)).date()
    for params in (
        {"initiative": initiative.slug},
        {"funder": offer.organisation.slug},
        {"deadline_until": until},
    ):
        assert titles(api("calls/", params)) == ["Ours"]


def test_topic_includes_the_narrower_ones(api):
    health = factories.topic("Health")
    rare = factories.topic("Rare diseases", parent=health)
    published(Project, title_en="Narrow", topics=[rare])
    published(Project, title_en="Other")
    assert titles(api("projects/", {"topic": health.slug})) == ["Narrow"]


def test_news_are_filtered_by_year_and_events_by_when(api):
    published(Article, title_en="Old", published_on="2019-05-05")
    published(Article, title_en="New", published_on="2026-05-05")
    assert titles(api("news/", {"year": "2019"})) == ["Old"]
    now = timezone.now()
    published(Event, title_en="Gone", starts_at=now - timedelta(9), ends_at=now - timedelta(8))
    published(Event, title_en="Ahead")
    assert titles(api("events/", {"when": "past"})) == ["Gone"]


def test_events_are_filtered_by_yes_and_no(api):
    published(Event, title_en="Screen", is_online=True)
    published(Event, title_en="Room")
    assert titles(api("events/", {"online": "true"})) == ["Screen"]
    assert titles(api("events/", {"online": "false"})) == ["Room"]


def test_topics_are_filtered_by_the_broader_one_and_by_words(api):
    health = factories.topic("Health")
    rare = factories.topic("Rare diseases", parent=health)
    for params in ({"parent": health.slug}, {"q": "diseases"}):
        assert [t["id"] for t in api("topics/", params).json()["results"]] == [rare.pk]
