"""Filters, sort orders, pages and addresses of the public lists."""

import re

import pytest
from django.urls import reverse

from calls.models import Call, Project
from initiatives.models import Initiative
from news.models import Article, Event
from tests import factories

pytestmark = pytest.mark.django_db

LISTS = [
    "calls:list",
    "calls:projects",
    "initiatives:list",
    "initiatives:organisations",
    "news:list",
    "news:events",
]


def shown(response):
    return [str(item.title) for item in response.context["object_list"]]


def choices(response, name):
    """Return {label: count} of a facet's choices."""
    options = response.context["form"][name].subwidgets
    return {str(o.data["label"]): o.data["count"] for o in options if "count" in o.data}


@pytest.mark.parametrize("name", LISTS)
def test_empty_list_says_so(client, name):
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert "empty_state" in response.content.decode()


@pytest.mark.parametrize("name", LISTS)
def test_list_without_a_match_offers_to_take_filters_away(client, name):
    response = client.get(reverse(name), {"q": "nothing-like-it"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "empty_state" in page
    assert f'href="{reverse(name)}"' in page


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("page=0", 404),
        ("page=-1", 404),
        ("page=1000000000", 404),
        ("page=x", 404),
        ("page=%00", 400),
        ("q=%00", 400),
        ("q=%ff%fe", 200),
        ("q=" + "x" * 10_000, 400),
        ("q=%25_%5C%27%22%3B--", 200),
        ("sort=nonsense", 400),
        ("topic=nonsense", 400),
        ("topic=%00", 400),
        ("country=XX", 400),
        ("unknown=1", 200),
    ],
)
def test_bad_input_gets_a_clear_answer(client, name, query, status):
    if ("country" in query and name == "news:list") or (
        "topic" in query and name == "initiatives:organisations"
    ):
        pytest.skip("this list has no such filter")
    assert client.get(f"{reverse(name)}?{query}").status_code == status


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("calls:list", "deadline_from=2026-02-30"),
        ("calls:list", "status=sometimes"),
        ("calls:projects", "year=0"),
        ("calls:projects", "year=99999999999999999999"),
        ("news:list", "year=MMXX"),
        ("news:list", "published_from=yesterday"),
        ("news:events", "starts_until=32/13/2026"),
        ("initiatives:list", "phase=someday"),
        ("initiatives:organisations", "region=nonsense"),
    ],
)
def test_wrong_value_is_named_at_its_field_and_the_rest_still_filters(client, name, query):
    response = client.get(f"{reverse(name)}?{query}&q=zebra")
    assert response.status_code == 400
    field = query.split("=")[0]
    assert field in response.context["form"].errors
    assert "form_errors" in response.content.decode()


def test_facets_count_what_each_choice_would_show(client):
    health = factories.topic("Health")
    rare = factories.topic("Rare diseases", parent=health)
    factories.open_call(title_en="Both", topics=[health, rare])
    factories.open_call(title_en="Rare", topics=[rare], kind=Call.Kind.REGIONAL)
    factories.open_call(days_left=3, title_en="Soon")
    factories.draft(Call, title_en="Draft", topics=[rare])
    response = client.get(reverse("calls:list"))
    assert choices(response, "status") == {"Open": 2, "Closing soon": 1}
    assert choices(response, "topic") == {"Health": 2, "Rare diseases": 2}
    response = client.get(reverse("calls:list"), {"topic": health.slug})
    assert sorted(shown(response)) == ["Both", "Rare"]
    assert choices(response, "kind") == {"National call": 1, "Regional call": 1}
    assert choices(response, "topic") == {"Health": 2, "Rare diseases": 2}


def test_facets_do_not_name_drafts(client):
    secret = factories.draft(Initiative, title_en="Secret initiative")
    factories.open_call(initiative=secret)
    assert "Secret initiative" not in client.get(reverse("calls:list")).content.decode()
    assert client.get(reverse("calls:list"), {"initiative": secret.slug}).status_code == 400


def test_project_does_not_name_its_draft_call(client):
    secret = factories.draft(Call, title_en="Secret call", reference="SECRET-1")
    project = factories.published(Project, call=secret)
    for address in (reverse("calls:projects"), project.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "SECRET-1" not in page
        assert "Secret call" not in page


def test_item_with_two_matching_relations_is_listed_once(client):
    initiative = factories.published(Initiative, title_en="Once")
    for _ in range(2):
        factories.participation(initiative)
    response = client.get(reverse("initiatives:list"), {"country": "BE"})
    assert shown(response) == ["Once"]
    assert choices(response, "country") == {"Belgium": 1}


def test_calls_are_sorted_by_what_is_still_to_come(client):
    factories.open_call(days_left=-3, title_en="Over")
    factories.open_call(days_left=30, title_en="Later")
    factories.open_call(days_left=2, title_en="First")
    assert shown(client.get(reverse("calls:list"))) == ["First", "Later", "Over"]
    assert shown(client.get(reverse("calls:list"), {"sort": "title"})) == [
        "First",
        "Later",
        "Over",
    ]


def test_events_come_before_past_ones(client):
    from datetime import timedelta

    from django.utils import timezone

    for days in (-9, 4, 20, -2):
        at = timezone.now() + timedelta(days=days)
        factories.published(Event, title_en=str(days), starts_at=at, ends_at=at)
    every = client.get(reverse("news:events"))
    assert shown(every) == ["4", "20", "-2", "-9"]
    cards = every.text.split('<article class="event_card">')[1:]
    assert ["passed" in card for card in cards] == [False, False, True, True]
    past = client.get(reverse("news:events"), {"when": "past"})
    assert shown(past) == ["-2", "-9"]


def test_news_by_year(client):
    factories.published(Article, title_en="Old", published_on="2019-05-05")
    factories.published(Article, title_en="New", published_on="2026-05-05")
    response = client.get(reverse("news:list"), {"year": "2019"})
    assert shown(response) == ["Old"]
    assert choices(response, "year") == {"2026": 1, "2019": 1}


def test_text_finds_words_in_any_order_and_language(client):
    factories.published(
        Project, title_en="Water security", title_nl="Waterveiligheid", acronym="ATHENA"
    )
    for query in ("security water", "veiligheid", "athena"):
        assert shown(client.get(reverse("calls:projects"), {"q": query})) == ["Water security"]
    assert shown(client.get(reverse("calls:projects"), {"q": "water fire"})) == []


def test_address_is_cleaned_of_what_says_nothing(client):
    response = client.get(reverse("news:list") + "?q=&sort=newest&page=1&kind=news&kind=")
    assert response.status_code == 302
    assert response["Location"] == reverse("news:list") + "?kind=news"


def test_chips_take_one_filter_away_and_keep_the_others(client):
    factories.published(Article, title_en="Zebra")
    response = client.get(reverse("news:list") + "?q=zebra&kind=news")
    chips = {str(chip["value"]): chip["url"] for chip in response.context["active_filters"]}
    assert chips == {"zebra": "?kind=news", "News": "?q=zebra"}


def test_pages_have_their_own_address_and_keep_the_filters(client):
    for number in range(45):
        factories.published(Article, title_en=f"Zebra {number}")
    response = client.get(reverse("news:list"), {"q": "zebra", "page": "2"})
    page = response.content.decode()
    assert len(shown(response)) == 20
    assert "45" in page
    assert re.search(r'href="\?q=zebra&amp;page=3"', page)
    assert '?q=zebra&amp;page=2"' in page.split('rel="canonical"')[1].split(">")[0]


def test_lists_set_no_cookie_and_load_nothing_from_elsewhere(client):
    factories.published(Article)
    for name in [*LISTS, "home", "topics", "newsletter:subscribe"]:
        response = client.get(reverse(name))
        assert not response.cookies
        sources = re.findall(r'(?:src|srcset|action)="([^"]+)"', response.content.decode())
        sources += re.findall(
            r'<link rel="(?:stylesheet|preload|icon)" href="([^"]+)"', response.content.decode()
        )
        assert all(source.startswith("/") for source in sources), sources


def test_pages_have_no_inline_style_or_script(client):
    factories.open_call()
    for name in [*LISTS, "home"]:
        page = client.get(reverse(name)).content.decode()
        assert "<style" not in page
        assert not re.search(r"<[^>]+ (style|on\w+)=", page)
        # Except for JSON-LD, which browsers do not execute.
        assert not re.search(r"<script(?! type=.application/ld.json)(?![^>]* src=)", page)


def test_titles_are_sorted_by_what_readers_see(client):
    for fields in (
        {"title_en": "Beta"},
        {"title_en": "", "title_fr": "Alpha"},
        {"title_en": "Gamma"},
    ):
        factories.published(Article, **fields)
    response = client.get(reverse("news:list"), {"sort": "title"})
    assert shown(response) == ["Alpha", "Beta", "Gamma"]


def test_chosen_value_that_finds_nothing_stays_in_the_form(client):
    factories.published(Article, kind="news")
    response = client.get(reverse("news:list"), {"kind": "feature"})
    assert choices(response, "kind") == {"News": 1, "Feature": 0}


def test_taking_the_last_filter_away_leads_to_the_bare_list(client):
    response = client.get(reverse("news:list"), {"kind": "feature"})
    assert [chip["url"] for chip in response.context["active_filters"]] == ["."]


def test_search_engines_list_a_filter_but_not_every_combination(client):
    topic = factories.topic()
    one = client.get(f"/en/calls/?topic={topic.slug}&sort=title&view=table").content.decode()
    assert f'/en/calls/?topic={topic.slug}">' in one
    assert 'content="noindex' not in one
    two = client.get(f"/en/calls/?topic={topic.slug}&kind=prize").content.decode()
    assert 'content="noindex, follow"' in two
