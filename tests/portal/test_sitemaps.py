"""Sitemaps and robots.txt follow their protocols."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from lxml import etree

from calls.models import Call
from news.models import Article
from publishing.workflow import publish, unpublish
from syndication import sitemaps
from syndication.models import SitemapPart
from tests import factories

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


@pytest.fixture(autouse=True)
def run_commit_callbacks(django_capture_on_commit_callbacks):
    """Return a context manager that runs on-commit callbacks when its block ends."""
    return django_capture_on_commit_callbacks


def read(client, address):
    """Return the root element of an XML response."""
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    return etree.fromstring(response.content)


def index(client):
    """Return {path of a part: its lastmod, or None} from the sitemap index."""
    root = read(client, "/sitemap.xml")
    assert root.tag == f"{SITEMAP}sitemapindex"
    parts = {}
    for part in root:
        assert part.tag == f"{SITEMAP}sitemap"
        address = part.findtext(f"{SITEMAP}loc")
        assert address.startswith("http")
        changed = part.findtext(f"{SITEMAP}lastmod")
        parts["/" + address.split("/", 3)[3]] = changed and parse_datetime(changed)
    return parts


def pages(client, address):
    """Return {address of a page: (lastmod, {language: address})} from a part."""
    found = {}
    for url in read(client, address):
        assert [child.tag for child in url][0] == f"{SITEMAP}loc"
        links = url.findall(f"{XHTML}link")
        assert all(link.get("rel") == "alternate" for link in links)
        found[url.findtext(f"{SITEMAP}loc")] = (
            url.findtext(f"{SITEMAP}lastmod"),
            {link.get("hreflang"): link.get("href") for link in links},
        )
    return found


def published(model, commit, **fields):
    with commit(execute=True):
        return factories.published(model, **fields)


def test_published_item_is_in_the_part_of_each_of_its_languages(client, run_commit_callbacks):
    call = published(Call, run_commit_callbacks, title_en="A", title_fr="Un", title_nl="")
    number = call.pk // sitemaps.PART
    parts = index(client)
    assert f"/sitemap-calls-nl-{number}.xml" not in parts
    for language in ("en", "fr"):
        at = f"/sitemap-calls-{language}-{number}.xml"
        assert parts[at] >= call.last_published_at
        ((address, (changed, others)),) = pages(client, at).items()
        assert address.endswith(f"/{language}/calls/{call.slug}/")
        assert parse_datetime(changed) == call.last_published_at
        assert set(others) == {"en", "fr", "x-default"}
        assert others[language] == address


def test_page_is_dated_by_what_its_readers_saw(client, run_commit_callbacks):
    call = published(Call, run_commit_callbacks, title_en="A", title_fr="Un")
    at = f"/sitemap-calls-en-{call.pk // sitemaps.PART}.xml"
    ((before, _others),) = pages(client, at).values()
    with run_commit_callbacks(execute=True):
        publish(item=call)
    ((after, _others),) = pages(client, at).values()
    assert after == before


def test_page_of_an_organisation_is_dated_by_what_its_readers_saw(client, run_commit_callbacks):
    with run_commit_callbacks(execute=True):
        organisation = factories.organisation("A")
    at = f"/sitemap-organisations-en-{organisation.pk // sitemaps.PART}.xml"
    ((before, _others),) = pages(client, at).values()
    with run_commit_callbacks(execute=True):
        organisation.save()
    ((after, _others),) = pages(client, at).values()
    assert after == before


def test_all_that_is_public_is_found_from_the_index_and_answers(client, run_commit_callbacks):
    items = [
        published(model, run_commit_callbacks, title_en="A")
        for model in factories.publishable_models()
    ]
    with run_commit_callbacks(execute=True):
        topic, organisation = factories.topic(), factories.organisation()
    wanted = [*items, topic, organisation]
    found = [page for part in index(client) for page in pages(client, part)]
    assert len(found) == len(set(found))
    paths = ["/" + address.split("/", 3)[3] for address in found]
    assert {item.get_absolute_url() for item in wanted} <= set(paths)
    assert {client.get(path).status_code for path in paths if path.startswith("/en/")} == {200}


def test_hidden_items_are_in_no_part(client, run_commit_callbacks):
    shown = published(Call, run_commit_callbacks)
    hidden = factories.draft(Call)
    with run_commit_callbacks(execute=True):
        unpublish(item=shown)
    found = [page for part in index(client) for page in pages(client, part)]
    assert not [page for page in found if shown.slug in page or hidden.slug in page]


def test_part_of_nothing_is_not_found(client):
    for address in (
        "/sitemap-calls-en-0.xml",
        "/sitemap-calls-en-999999999.xml",
        "/sitemap-calls-xx-0.xml",
        "/sitemap-nothing-en-0.xml",
        "/sitemap-lists-xx.xml",
    ):
        assert client.get(address).status_code == 404


def test_index_knows_what_was_published_before_it_was_kept(client, run_commit_callbacks):
    call = factories.published(Call)
    assert not SitemapPart.objects.exists()
    assert f"/sitemap-calls-en-{call.pk // sitemaps.PART}.xml" in index(client)


def test_rebuilding_drops_parts_without_pages(client, run_commit_callbacks):
    call = published(Call, run_commit_callbacks)
    Call.objects.filter(pk=call.pk).update(state="draft")
    sitemaps.rebuild()
    assert not SitemapPart.objects.exists()


def test_deleted_item_leaves_the_sitemap(client, run_commit_callbacks):
    call = published(Call, run_commit_callbacks)
    with run_commit_callbacks(execute=True):
        call.delete()
    assert not SitemapPart.objects.filter(section="calls").exists()


def test_part_is_changed_when_one_of_its_pages_is_published_again(client, run_commit_callbacks):
    call = published(Call, run_commit_callbacks)
    long_ago = timezone.now() - timedelta(days=300)
    SitemapPart.objects.update(changed_at=long_ago)
    with run_commit_callbacks(execute=True):
        publish(item=call)
    assert not SitemapPart.objects.filter(section="calls", changed_at=long_ago).exists()


def test_parts_take_the_same_queries_however_much_there_is(
    client, run_commit_callbacks, monkeypatch
):
    monkeypatch.setattr(sitemaps, "PART", 4)
    for _number in range(9):
        published(Call, run_commit_callbacks)
    part = SitemapPart.objects.filter(section="calls").order_by("number")[1]
    with CaptureQueriesContext(connection) as queries:
        index(client)
        pages(client, f"/sitemap-{part}.xml")
    assert len(queries) == 3


def test_news_sitemap_holds_the_news_of_two_days(client, run_commit_callbacks):
    new = factories.published(Article, title_en="New & <fresh>", title_fr="Nouveau")
    old = factories.published(Article)
    Article.objects.filter(pk=old.pk).update(
        first_published_at=timezone.now() - timedelta(days=3)
    )
    entries = read(client, "/news-sitemap.xml").findall(f"{SITEMAP}url")
    assert [entry.findtext(f"{SITEMAP}loc").split("/", 3)[3] for entry in entries] == [
        f"en/news/{new.slug}/",
        f"fr/news/{new.slug}/",
    ]
    news = entries[0].find(f"{NEWS}news")
    assert [child.tag.removeprefix(NEWS) for child in news] == [
        "publication",
        "publication_date",
        "title",
    ]
    assert news.findtext(f"{NEWS}title") == "New & <fresh>"
    assert news.findtext(f"{NEWS}publication/{NEWS}language") == "en"
    assert parse_datetime(news.findtext(f"{NEWS}publication_date"))


def test_robots_file_leads_to_the_sitemaps_and_keeps_robots_from_the_admin(client, settings):
    settings.PORTAL_URL = "https://funder.example"
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /admin/" in lines
    assert "Sitemap: https://funder.example/sitemap.xml" in lines
    assert "Sitemap: https://funder.example/news-sitemap.xml" in lines
