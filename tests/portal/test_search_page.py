"""The search page, its suggestions and its API."""

import pytest
from django.urls import reverse

from calls.models import Call
from news.models import Article
from tests.factories import draft, published, topic

pytestmark = pytest.mark.django_db


def test_page_shows_what_is_found_with_its_words_marked(client):
    published(Call, title_en="Zebra <call>", summary_en="All about zebras")
    draft(Call, title_en="Zebra draft")
    page = client.get("/en/search/?q=zebra").content.decode()
    assert "<mark>Zebra</mark> &lt;call&gt;" in page
    assert "All about <mark>zebras</mark>" in page
    assert "draft" not in page


def test_facets_count_without_their_own_choice(client):
    health = topic("Health", slug="health")
    published(Call, title_en="Zebra call", topics=[health])
    published(Article, title_en="Zebra news", published_on="2025-03-01")
    response = client.get("/en/search/?q=zebra&kind=call")
    assert [result.model_name for result in response.context["results"]] == ["call"]
    form = response.context["form"]
    counted = {c.value: c.count for c in form.fields["kind"].widget.counted.values()}
    assert counted == {"call": 1, "article": 1}
    assert list(form.fields["topic"].widget.counted) == ["health"]
    assert client.get("/en/search/?q=zebra&year=2025").context["paginator"].count == 1
    assert client.get("/en/search/?q=zebra&topic=health&kind=article").context["results"] == []


def test_mistyped_word_is_told_with_the_way_back(client):
    published(Article, title_en="Zebras")
    page = client.get("/en/search/?q=zebbras").content.decode()
    assert "Showing results for <strong>zebras</strong>" in page
    assert 'href="?q=zebbras&amp;exact=on"' in page
    assert (
        "No results for “zebbras”"
        in client.get("/en/search/?q=zebbras&exact=on").content.decode()
    )


def test_filters_are_offered_where_there_is_something_to_filter(client):
    published(Call, title_en="Zebra")
    is_offered = {
        query: "data-filter-form" in client.get(f"/en/search/?{query}").text
        for query in ("q=zebra", "q=nothing", "q=zebra&kind=article", "q=zebra&kind=unicorn")
    }
    assert list(is_offered.values()) == [True, False, True, True]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 200),
        ("q=", 302),
        ("q=" + "x" * 9_000, 200),
        ("q=%22%22%22-OR", 200),
        ("q=a&page=2", 404),
        ("q=a&page=" + "9" * 30, 404),
        ("q=a&kind=unicorn", 400),
        ("q=a&topic=nothing", 400),
        ("q=a&year=soon", 400),
        ("q=a&sort=best", 400),
    ],
)
def test_odd_address_gets_a_clear_answer(client, query, status):
    assert client.get(f"/en/search/?{query}").status_code == status


def test_suggestions_are_few_public_and_cacheable(client):
    for number in range(9):
        published(Article, title_en=f"Zebra {number}")
    draft(Article, title_en="Zebra draft")
    response = client.get("/en/search/suggestions/", {"q": "zeb"})
    titles = [suggestion["title"] for suggestion in response.json()["suggestions"]]
    assert len(titles) == 7
    assert "Zebra draft" not in titles
    assert "max-age=60" in response["Cache-Control"]
    assert not response.cookies
    assert client.get("/en/search/suggestions/").json() == {"suggestions": []}


def test_api_finds_the_same(client):
    item = published(Call, title_en="Zebra call")
    draft(Call, title_en="Zebra draft")
    answer = client.get(reverse("api:search"), {"q": "zebra", "kind": "call"}).json()
    assert answer["count"] == 1
    assert answer["results"][0]["url"].endswith(item.get_absolute_url())
    assert answer["results"][0]["snippet"] == ""
    assert client.get(reverse("api:search"), {"q": "a", "kind": "x"}).status_code == 400
    assert client.get(reverse("api:search"), {"colour": "a"}).status_code == 400
