"""Lists in the admin: columns, filters and number of queries."""

from datetime import date, timedelta

import pytest
from django.contrib.admin import site
from django.core.paginator import InvalidPage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backoffice.lists import BoundedPaginator
from calls.models import Call, CallContact
from initiatives.models import Initiative
from news.models import Article
from publishing.models import Topic
from tests.factories import (
    draft,
    key_date,
    live,
    open_call,
    publishable_models,
    published,
    topic,
)
from tests.staff import admin_url, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return signed_in()


def titles(client, model, query=""):
    response = client.get(f"{admin_url(model, 'changelist')}?{query}")
    return [str(item) for item in response.context["cl"].result_list]


def test_the_last_edited_comes_first(client):
    for title in ("First", "Second"):
        draft(Article, title_en=title)
    assert titles(client, Article) == ["Second", "First"]


@pytest.mark.parametrize("text", ["rivers", "fleuves", "EPP-7", '"clear rivers"'])
def test_search_finds_titles_in_every_language_and_references(client, text):
    draft(Call, title_en="Clear rivers", title_fr="Fleuves clairs", reference="EPP-7")
    draft(Call, title_en="Soil")
    assert titles(client, Call, f"q={text}") == ["Clear rivers"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=published", {"Complete"}),
        ("state=draft", {"Bare", "Old"}),
        ("lacks=summary", {"Bare", "Old"}),
        ("lacks=contact", {"Bare", "Old"}),
        ("lacks=deadline", {"Bare", "Old"}),
        ("lacks=not_in_fr", {"Bare", "Old"}),
        ("lacks=not_in_en", set()),
        ("review=overdue", {"Old"}),
        ("review=none", {"Bare", "Complete"}),
        ("owned_by=me", {"Old"}),
        ("owned_by=nobody", {"Bare", "Complete"}),
        ("edited=day", {"Bare", "Complete"}),
        ("edited=old", {"Old"}),
        ("status=closing_soon", {"Complete"}),
        ("status=forthcoming", {"Bare", "Old"}),
    ],
)
def test_filters_answer_the_questions_of_staff(client, query, found):
    complete = published(Call, title_en="Complete", title_fr="Complet", summary_en="Short")
    CallContact.objects.create(call=complete, name="Ann")
    key_date(complete, "opening", -3)
    key_date(complete, "full-proposal", 3)
    draft(Call, title_en="Bare")
    old = draft(Call, title_en="Old", owner=client.user, review_on=date(2020, 1, 1))
    long_ago = timezone.now() - timedelta(days=400)
    Call.objects.filter(pk=old.pk).update(updated_at=long_ago)
    assert set(titles(client, Call, query)) == found


def test_list_is_narrowed_to_one_related_object(client):
    rivers, health = published(Initiative), topic()
    draft(Call, title_en="Of the initiative", initiative=rivers)
    draft(Call, title_en="On the topic", topics=[health])
    assert titles(client, Call, f"initiative={rivers.pk}") == ["Of the initiative"]
    assert titles(client, Call, f"topics={health.pk}") == ["On the topic"]


def test_filter_by_related_object_lists_none_but_the_chosen(client):
    chosen, other = published(Initiative, title_en="Chosen"), published(Initiative)
    page = client.get(f"{admin_url(Call, 'changelist')}?initiative={chosen.pk}").text
    assert f'<option value="{chosen.pk}" selected>Chosen</option>' in page
    assert other.title_en not in page


def test_list_is_narrowed_by_year_and_month_of_the_deadline(client):
    call = draft(Call, title_en="Near")
    key_date(call, "full-proposal", 3)
    key_date(draft(Call, title_en="Far"), "full-proposal", 400)
    call.refresh_from_db()
    year, month = call.closes_at.year, call.closes_at.month
    page = client.get(admin_url(Call, "changelist"))
    years = [link["text"] for link in page.context["cl"].date_links()]
    assert years == sorted(years, reverse=True)
    assert str(year) in years
    query = f"closes_at__year={year}&closes_at__month={month}"
    assert titles(client, Call, query) == ["Near"]


def test_columns_say_which_languages_are_missing(client):
    draft(Article, title_fr="Titre")
    page = client.get(admin_url(Article, "changelist")).text
    assert "not in Dutch" in page
    assert "not in French" not in page.split("<tbody>")[1].split("</tbody>")[0]


def test_topics_stand_below_the_broader_one(client):
    health = topic("Health", slug="health")
    Topic.objects.create(name_en="Ageing", slug="ageing")
    Topic.objects.create(name_en="Cancer", slug="cancer", parent=health)
    assert titles(client, Topic) == ["Ageing", "Health", "Cancer"]


# Queries ----------------------------------------------------------------------------------


def queries(client, url, django_assert_max_num_queries):
    with django_assert_max_num_queries(100) as counted:
        assert client.get(url).status_code == 200
    return len(counted)


@pytest.mark.parametrize("model", publishable_models())
def test_list_of_thirty_needs_as_many_queries_as_of_one(
    client, model, django_assert_max_num_queries
):
    url = admin_url(model, "changelist")

    def add_rows(item):
        item.topics.add(topic())
        if model is Call:
            key_date(item, "full-proposal", 30)

    add_rows(published(model))
    counts = [queries(client, url, django_assert_max_num_queries) for _ in range(2)]
    for _number in range(29):
        add_rows(live(model))
    assert queries(client, url, django_assert_max_num_queries) == counts[1]


@pytest.fixture
def five_articles(monkeypatch):
    monkeypatch.setattr(BoundedPaginator, "LIMIT", 3)
    return [draft(Article, title_en=f"Article {number}") for number in range(5)]


def test_paginator_counts_no_further_than_its_limit(five_articles):
    paginator = BoundedPaginator(Article.objects.order_by("pk"), 2)
    assert (paginator.count, paginator.num_pages, paginator.is_truncated) == (3, 2, True)
    assert list(paginator.page(2).object_list) == five_articles[2:4]
    with pytest.raises(InvalidPage):
        paginator.page(3)


def test_paginator_knows_a_short_list_exactly(five_articles):
    paginator = BoundedPaginator(
        Article.objects.order_by("pk").filter(pk=five_articles[0].pk), 2
    )
    assert (paginator.count, paginator.is_truncated) == (1, False)


def test_truncated_list_says_so_and_offers_no_action_on_all(five_articles, client):
    page = client.get(admin_url(Article, "changelist")).text
    assert "More than 3 news" in page
    assert "across all pages" not in page and "Select all 3" not in page


# Bad input --------------------------------------------------------------------------------

#: In addition to the values that `tests/portal/test_robustness.py` sends to each filter.
BAD_QUERIES = [
    "e=1",
    "o=99999999.-1.x",
    f"o={'9' * 5000}",
    f"p={'9' * 5000}",
    "q=%22unbalanced",
    "q=%25_%5C%FF",
    "all=1",
    "nosuch__field=1",
    f"id__exact={'9' * 30}",
    "updated_at__gte=yesterday",
    "_to_field=password",
]
#: Queries on fields of calls, which most other types do not have.
BAD_QUERIES_OF_CALLS = [
    "state=nope",
    "lacks=nope",
    "topics=abc",
    f"topics={'9' * 30}",
    "initiative=1.5",
    "region=x",
    "pk__in=a,b",
    "closes_at__gte=0001-01-01",
    "closes_at__year=9999",
    "closes_at__year=0",
    "closes_at__year=2026&closes_at__month=13",
    "closes_at__year=x",
]


@pytest.mark.parametrize("model", list(site._registry))
def test_no_query_breaks_a_list(client, model):
    address = admin_url(model, "changelist")
    for query in BAD_QUERIES + (BAD_QUERIES_OF_CALLS if model is Call else []):
        response = client.get(f"{address}?{query}")
        if response.status_code == 302:  # to the whole list, with an error message
            assert response["Location"] == f"{address}?e=1", query
        else:
            assert response.status_code in (200, 400), query


@pytest.mark.parametrize("key", ["0", "abc", "9" * 30, "_5F", "a" * 3000])
def test_no_key_breaks_a_form(client, key):
    for view in ("change", "delete", "history", "unpublish"):
        response = client.get(f"/admin/calls/call/{key}/{view}/", follow=True)
        assert response.status_code in (200, 404)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 403),
        ("app_label=calls&model_name=call&field_name=title", 403),
        ("app_label=calls&model_name=call&field_name=initiative&page=0", 404),
        ("app_label=calls&model_name=call&field_name=initiative&page=99999999999", 404),
        (f"app_label=calls&model_name=call&field_name=initiative&term={'x' * 9000}", 200),
    ],
)
def test_no_query_breaks_the_choices(client, query, status):
    assert client.get(f"/admin/autocomplete/?{query}").status_code == status


@pytest.mark.parametrize(
    "query", ["topics=abc", f"topics={'9' * 30}", "lead_image=x", "owner=-1", "kind=%FF"]
)
def test_no_query_breaks_a_new_form(client, query):
    page = client.get(f"{admin_url(Call, 'add')}?{query}")
    assert page.status_code == 200
    assert not page.context["adminform"].form.is_bound


def test_list_of_calls_takes_a_constant_number_of_queries(client):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(admin_url(Call, "changelist")).status_code == 200
        return len(captured)

    for _number in range(2):
        open_call()
    few = queries()
    for _number in range(10):
        open_call()
    assert queries() == few
