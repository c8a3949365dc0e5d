"""Feeds: content, visibility, modification times, and validity for strict readers."""

import json
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from io import BytesIO
from pathlib import Path

import feedparser
import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone
from lxml import etree
from PIL import Image as Picture

from calls.models import Call
from initiatives.models import Initiative, Organisation, Region
from localisation import clock as readers_clock
from media.models import Image
from news.models import Article, Event
from newsletter.models import Edition
from pages.models import Page
from publishing import workflow
from publishing.revisions import snapshots
from publishing.workflow import publish, save_draft, undo_publish, unpublish
from syndication.feeds.views import MAX_PAGES, PAGE_SIZE
from syndication.models import PublicChange
from tests import factories
from tests.website.test_contract import list_address, list_pages
from tests.website.test_query_counts import queries, rich

pytestmark = pytest.mark.django_db

LISTED = [model for model in factories.publishable_models() if list_address(model)]
#: The list of topics is a table of contents: each topic has feeds of its own.
FOLLOWED = [address for address, _view in list_pages() if address != "/en/topics/"]
every_listed_type = pytest.mark.parametrize("model", LISTED, ids=lambda model: model.__name__)
SECRET = "Unannounced zebra"
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent / "atom.rng"))
TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "json": "application/feed+json",
}
JSON_FEED = {
    "version": str,
    "title": str,
    "home_page_url": str,
    "feed_url": str,
    "description": str,
    "next_url": str,
    "language": str,
    "authors": list,
    "items": list,
}
JSON_ITEM = {
    "id": str,
    "url": str,
    "title": str,
    "content_html": str,
    "summary": str,
    "image": str,
    "date_published": str,
    "date_modified": str,
    "tags": list,
    "language": str,
}
#: Control characters, lone surrogates, noncharacters, markup, emoji and Hebrew.
NASTY = 'a\x01\x0b\x1f\ufffe ]]> <b>&amp;</b> "quoted" 💩 \u202eשלום\u200f'


def parsed(client, address):
    """Return {ending: (feed, entries)} of the feeds at an address, parsed strictly.

    `address` has no ending. The results are those of feedparser, for JSON those of JSON Feed.
    """
    found = {}
    for ending, content_type in TYPES.items():
        place, _mark, query = address.partition("?")
        response = client.get(f"{place}feed.{ending}?{query}")
        assert response.status_code == 200, response.content[:300]
        assert response["Content-Type"] == content_type
        read = read_json if ending == "json" else read_xml
        found[ending] = read(response.content)
    titles = [[entry["title"] for entry in entries] for _feed, entries in found.values()]
    assert titles[0] == titles[1] == titles[2]
    return found


def read_xml(content):
    root = etree.fromstring(content)
    if root.tag.endswith("feed"):
        SCHEMA.assertValid(root)
        ids = [e.text for e in root.iter("{http://www.w3.org/2005/Atom}id")]
        assert len(ids) == len(set(ids))
    for item in root.iter("item"):
        assert item.find("guid").get("isPermaLink") == "false"
        assert parsedate_to_datetime(item.findtext("pubDate")).tzinfo
        assert item.findtext("link").startswith(settings.PORTAL_URL)
    feed = feedparser.parse(content)
    assert not feed.bozo, feed.bozo_exception
    return feed.feed, feed.entries


def read_json(content):
    """Parse and validate a JSON Feed (https://www.jsonfeed.org/version/1.1/)."""
    feed = json.loads(content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert all(isinstance(value, JSON_FEED[name]) for name, value in feed.items())
    for item in feed["items"]:
        assert all(isinstance(value, JSON_ITEM[name]) for name, value in item.items())
        assert all(datetime.fromisoformat(item[f"date_{x}"]).tzinfo for x in DATED)
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"])
    return feed, feed["items"]


DATED = ("published", "modified")


def titles(client, address):
    return [entry["title"] for entry in parsed(client, address)["json"][1]]


def modified(item):
    return datetime.fromisoformat(item["date_modified"])


@pytest.fixture
def image(settings):
    settings.IMAGEFIELD_AUTOGENERATE = False
    image = Image(name="River", alt_text_en="A river", licence="own")
    content = BytesIO()
    Picture.radial_gradient("L").resize((160, 100)).convert("RGB").save(content, "JPEG")
    image.file.save("river.jpg", ContentFile(content.getvalue()))
    image.save()
    return image


@pytest.fixture
def clock(monkeypatch):
    """Return a function that sets the time at which versions are recorded."""

    def set_to(day):
        at = datetime(2026, 3, day, 12, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: at)
        return at

    return set_to


def hidden_ones(model, **fields):
    """Create items that are not public, and a public one whose draft is secret."""
    factories.draft(model, title_en=SECRET, summary_en=SECRET, **fields)
    unpublish(item=factories.published(model, title_en=SECRET, body_en=SECRET, **fields))
    factories.published(model, title_en=SECRET, **fields).delete()
    changed = factories.published(model, title_en="Visible, changed", **fields)
    snapshot = snapshots.dump_live(changed)
    snapshot["fields"]["title_en"] = SECRET
    save_draft(item=changed, snapshot=snapshot, seen=workflow.head(changed).number)


# --- Content ----------------------------------------------------------------------------


@pytest.mark.parametrize("address", FOLLOWED)
def test_every_list_has_feeds_and_its_page_names_them(client, address):
    assert parsed(client, address)
    head, body = client.get(address).text.split("<body>")
    for ending in TYPES:
        assert f'href="{address}feed.{ending}"' in head
        assert f'href="{address}feed.{ending}"' in body


@every_listed_type
def test_list_has_feeds_of_what_is_public(client, model):
    hidden_ones(model)
    factories.published(model, title_en="Visible zebra", topics=[factories.topic("Health")])
    found = parsed(client, list_address(model))
    for feed, entries in found.values():
        assert SECRET not in str((feed, entries))
        assert {entry["title"] for entry in entries} == {"Visible zebra", "Visible, changed"}
    atom = found["atom"][1][0]
    assert [tag["term"] for tag in atom["tags"]] == ["Health"]
    assert atom["link"].startswith("http://")


@every_listed_type
def test_page_of_a_list_names_its_feeds_as_it_is_filtered(client, model):
    health = factories.topic("Health", slug="health")
    factories.published(model, title_en="Healthy", topics=[health])
    factories.published(model, title_en="Other")
    address = f"{list_address(model)}?topic=health&sort=title"
    page = client.get(address, follow=True).text
    head = page.split("<body>")[0]
    links = re.findall(r'<link rel="alternate" type="([^"]+)" [^>]*href="([^"]+)"', head)
    assert [link for kind, link in links if kind != "text/calendar"] == [
        f"{list_address(model)}feed.{ending}?topic=health" for ending in TYPES
    ]
    assert titles(client, f"{list_address(model)}?topic=health") == ["Healthy"]
    for _kind, link in links:
        assert f'href="{link}"' in page.split("<body>")[1]
        assert client.get(link).status_code == 200


def test_feeds_across_sections_show_what_is_public(client):
    health = factories.topic("Health", slug="health")
    initiative = factories.published(Initiative, title_en="Rivers", topics=[health])
    hidden_ones(Call, topics=[health], initiative=initiative)
    hidden_ones(Article, topics=[health])
    factories.published(Page, title_en="A page", topics=[health])
    event = factories.published(Event, title_en="An event")
    event.initiatives.add(initiative)
    found = parsed(client, "/en/topics/health/")
    assert SECRET not in str(found)
    assert {entry["title"] for entry in found["json"][1]} == {
        "Rivers",
        "Visible, changed",
        "A page",
    }
    found = parsed(client, initiative.get_absolute_url())
    assert SECRET not in str(found)
    assert sorted(entry["title"] for entry in found["json"][1]) == [
        "An event",
        "Rivers",
        "Visible, changed",
    ]
    assert len(parsed(client, "/en/")["json"][1]) == 5
    for page in ("/en/topics/health/", initiative.get_absolute_url()):
        assert f'href="{page}feed.atom"' in client.get(page).text


def test_feed_of_what_is_not_public_is_nowhere(client):
    initiative = factories.draft(Initiative)
    assert client.get(f"{initiative.get_absolute_url()}feed.atom").status_code == 404
    assert client.get("/en/topics/nowhere/feed.atom").status_code == 404
    initiative = publish(item=initiative)
    former = initiative.get_absolute_url()
    Initiative.objects.update(slug="elsewhere")
    publish(item=Initiative.objects.get())
    response = client.get(f"{former}feed.atom")
    assert (response.status_code, response["Location"]) == (
        301,
        "/en/initiatives/elsewhere/feed.atom",
    )


def test_entry_has_the_whole_text_with_whole_addresses(client, settings):
    other = factories.published(Page, slug="about")
    hidden = factories.draft(Page)
    factories.published(
        Article,
        title_en="Text",
        body_en=f'<p><a href="item:pages.page/{other.pk}">1</a> <a href="/documents/x/">2</a> '
        f'<a href="#below">3</a> <a href="item:pages.page/{hidden.pk}">4</a></p>',
        background_en="Standing text",
    )
    for _feed, (entry,) in parsed(client, "/en/news/").values():
        html = str(entry.get("content_html") or entry["content"][0]["value"])
        assert re.findall('href="([^"]+)"', html) == [
            f"{settings.PORTAL_URL}/en/pages/about/",
            f"{settings.PORTAL_URL}/documents/x/",
            f"{settings.PORTAL_URL}/en/news/text/#below",
        ]
        assert "Standing text" in html


def test_entry_of_a_call_does_not_depend_on_the_day(client):
    factories.open_call(days_left=20)
    answers = []
    for days in (0, 10, 100):
        with readers_clock.set_to(timezone.now() + timedelta(days=days)):
            answers.append(client.get("/en/calls/feed.atom").content)
    assert answers[0] == answers[1] == answers[2]


def test_text_that_xml_cannot_hold_is_left_out(client):
    factories.published(Article, title_en=NASTY, summary_en=NASTY, slug="nasty")
    topic = factories.topic(NASTY)
    Article.objects.get().topics.add(topic)
    for _feed, (entry,) in parsed(client, "/en/news/").values():
        assert entry["title"] == NASTY.translate(dict.fromkeys([1, 0x0B, 0x1F, 0xFFFE]))
    assert parsed(client, f"/en/topics/{topic.slug}/")


def test_entry_shows_and_encloses_the_picture(client, settings, image):
    factories.published(Article, title_en="Seen", lead_image=image)
    found = parsed(client, "/en/news/")
    entry = found["atom"][1][0]
    (enclosure,) = entry["enclosures"]
    assert enclosure["href"].startswith(f"{settings.PORTAL_URL}/media/")
    assert (enclosure["type"], int(enclosure["length"]) > 500) == ("image/jpeg", True)
    assert entry["media_content"][0]["width"] == "960"
    assert found["rss"][1][0]["enclosures"][0]["href"] == enclosure["href"]
    item = found["json"][1][0]
    assert item["image"] == enclosure["href"]
    assert f'src="{item["image"]}" alt="A river"' in item["content_html"]
    rendition = image.file.process("jpeg_960")
    for name in (image.file.name, rendition):
        image.file.storage.delete(name)
    assert "image" not in parsed(client, "/en/news/")["json"][1][0]


# --- Times ------------------------------------------------------------------------------


def test_entry_changes_only_when_readers_of_the_language_see_a_change(client, clock):
    first = clock(1)
    item = factories.published(Article, title_en="Rivers", title_nl="Rivieren", slug="rivers")

    def told(language):
        (entry,) = client.get(f"/{language}/news/feed.json").json()["items"]
        return entry["id"], entry["date_published"], modified(entry)

    before = told("en")
    assert before[1:] == (first.isoformat(), first)
    clock(2)
    publish(item=item)  # no change
    Article.objects.update(slug="streams", seo_title_en="Streams", review_on="2027-01-01")
    publish(item=item)
    assert told("en") == before
    second = clock(5)
    Article.objects.update(title_nl="Beken")
    publish(item=item)
    assert told("en") == before
    assert told("fr") == (before[0].replace("/en", "/fr"), *before[1:])
    assert told("nl")[1:] == (first.isoformat(), second)
    third = clock(6)
    Article.objects.update(body_en="<p>More</p>")
    publish(item=item)
    assert [told(language)[2] for language in ("en", "fr", "nl")] == [third] * 3
    fourth = clock(7)
    undo_publish(item=item)
    assert told("en") == (*before[:2], fourth)


def test_row_and_link_of_an_item_are_part_of_what_changes(client, clock):
    clock(1)
    call = factories.published(Call)
    for day, change in [
        (3, lambda: factories.key_date(call, "opening", 2)),
        (5, lambda: call.topics.add(factories.topic())),
    ]:
        at = clock(day)
        change()
        publish(item=call)
        (item,) = client.get("/en/calls/feed.json").json()["items"]
        assert modified(item) == at


def test_newest_change_comes_first_whatever_the_order_of_the_list(client, clock):
    clock(1)
    old = factories.published(Article, title_en="A, changed")
    clock(2)
    factories.published(Article, title_en="B")
    at = clock(3)
    Article.objects.filter(pk=old.pk).update(summary_en="More")
    publish(item=old)
    for query in ("", "?sort=title", "?sort=oldest"):
        assert titles(client, f"/en/news/{query}") == ["A, changed", "B"]
    feed = etree.fromstring(client.get("/en/news/feed.atom").content)
    assert feed.findtext("{*}updated") == at.isoformat()


def test_what_was_published_again_unchanged_stays_in_its_place(client, clock, monkeypatch):
    monkeypatch.setattr("syndication.feeds.views.PAGE_SIZE", 2)
    made = []
    for day in range(1, 8):
        clock(day)
        made.append(factories.published(Article, title_en=str(day)))
    for day, item in zip((11, 12, 13, 14), made, strict=False):
        clock(day)
        publish(item=item)
    pages = [
        client.get(f"/en/news/feed.json?page={page}").json()["items"] for page in (1, 2, 3)
    ]
    assert [[item["title"] for item in page] for page in pages] == [
        ["7", "6"],
        ["5", "4"],
        ["3", "2"],
    ]


def test_item_that_was_published_before_changes_were_kept_has_a_time(client):
    item = factories.published(Article)
    PublicChange.objects.all().delete()
    (entry,) = client.get("/en/news/feed.json").json()["items"]
    assert modified(entry) == item.last_published_at
    publish(item=item)  # no change, so the modification time stays
    (entry,) = client.get("/en/news/feed.json").json()["items"]
    assert modified(entry) < item.last_published_at


# --- Requests ---------------------------------------------------------------------------


def test_feed_without_news_is_not_sent_again(client):
    factories.published(Article)
    first = client.get("/en/news/feed.atom")
    assert first["Content-Language"] == "en"
    assert not first.cookies
    headers = {"if-none-match": first["ETag"]}
    assert client.get("/en/news/feed.atom", headers=headers).status_code == 304
    headers = {"if-modified-since": first["Last-Modified"]}
    assert client.get("/en/news/feed.atom", headers=headers).status_code == 304
    # An item may start to match a filter without being changed.
    assert "Last-Modified" not in client.get("/en/news/feed.atom?kind=news")


def test_feed_comes_in_pages(client, clock):
    for number in range(PAGE_SIZE * 2 + 1):
        clock(1 + number % 28)
        factories.published(Article, title_en=f"Zebra {number}")
    address, seen = "/en/news/feed.atom?q=zebra", []
    while address:
        feed, entries = read_xml(client.get(address).content)
        seen += [(entry["updated"], entry["id"]) for entry in entries]
        links = {link["rel"]: link["href"] for link in feed["links"]}
        assert links["first"].endswith("/en/news/feed.atom?q=zebra")
        assert links["self"].endswith(address)
        address = links.get("next", "").removeprefix("http://testserver")
        address = address[address.find("/en/") :] if address else ""
    assert len(set(seen)) == PAGE_SIZE * 2 + 1
    assert [at for at, _id in seen] == sorted((at for at, _id in seen), reverse=True)
    page = client.get("/en/news/feed.json?q=zebra").json()
    assert page["next_url"].endswith("/en/news/feed.json?q=zebra&page=2")


@pytest.mark.parametrize("page", ["0", "-1", "x", "2.0", str(MAX_PAGES + 1), "9" * 23, "²"])
def test_page_that_is_none_is_not_found(client, page):
    assert client.get("/en/news/feed.atom", {"page": page}).status_code == 404


@every_listed_type
@pytest.mark.parametrize("query", ["topic=nonsense", "sort=nonsense", "q=" + "x" * 10_000])
def test_wrong_filter_is_named(client, model, query):
    response = client.get(f"{list_address(model)}feed.atom?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text.startswith(f"{query.split('=')[0]}: ")


def test_empty_feed_is_a_feed(client):
    for _feed, entries in parsed(client, "/en/calls/").values():
        assert entries == []
    same = client.get("/en/calls/feed.atom")["ETag"]
    assert client.get("/en/calls/feed.atom")["ETag"] == same


def test_feed_is_in_the_language_of_its_address(client):
    factories.published(Article, title_en="English", title_nl="Nederlands")
    factories.published(Article, title_en="Only English")
    feed, entries = parsed(client, "/nl/news/")["json"]
    assert feed["language"] == "nl"
    assert {entry["title"]: entry["language"] for entry in entries} == {
        "Nederlands": "nl",
        "Only English": "en",
    }


@every_listed_type
def test_feeds_take_a_constant_number_of_queries(client, model):
    topic = factories.topic()
    page = factories.published(Page)
    link = {"body_en": f'<p><a href="item:pages.page/{page.pk}">x</a></p>'}

    def add():
        item = rich(model, [topic])
        model.objects.filter(pk=item.pk).update(**link)

    addresses = [f"{list_address(model)}feed.atom", f"{topic.get_absolute_url()}feed.json"]
    add()
    one = [queries(client, address) for address in addresses]
    for _ in range(4):
        add()
    assert [queries(client, address) for address in addresses] == one


# --- Editions of the newsletter ----------------------------------------------------------


def test_feed_of_editions_holds_what_was_sent(client, clock):
    at = clock(1)
    dated = {"started_at": at - timedelta(hours=1), "finished_at": at}
    for state, subject in [("draft", SECRET), ("sending", SECRET), ("sent", "May & June")]:
        edition = Edition.objects.create(
            subject_en=subject, introduction_en="Hello", state=state, **dated
        )
    for _feed, (entry,) in parsed(client, "/en/newsletter/editions/").values():
        assert (entry["title"], entry["summary"]) == ("May & June", "Hello")
        assert "<p>Hello</p>" in str(entry.get("content_html") or entry["content"][0]["value"])
    (item,) = parsed(client, "/en/newsletter/editions/")["json"][1]
    assert item["id"] == f"{settings.PORTAL_URL}/newsletter/editions/{edition.pk}/en"
    assert item["date_published"] == dated["started_at"].isoformat()
    assert modified(item) == at


# --- Organisations ----------------------------------------------------------------------


def test_entry_of_an_organisation_tells_all_of_it(client, settings, image):
    hidden = factories.draft(Page, title_en=SECRET)
    factories.organisation(
        "River Institute",
        acronym_en="RI",
        name_nl="Rivierinstituut",
        kind=Organisation.Kind.RESEARCH,
        logo=image,
        city="Ghent",
        website="https://rivers.example/",
        description_en=f'<p>Rivers <a href="item:pages.page/{hidden.pk}">and more</a></p>',
    )
    for _feed, (entry,) in parsed(client, "/en/organisations/").values():
        html = str(entry.get("content_html") or entry["content"][0]["value"])
        assert entry["title"] == "River Institute"
        for text in ("RI", "Research organisation", "Belgium", "Ghent", "rivers.example"):
            assert text in html
        assert "<p>Rivers and more</p>" in html
        assert f'src="{settings.PORTAL_URL}/media/' in html
    (item,) = parsed(client, "/nl/organisations/")["json"][1]
    assert (item["title"], item["language"]) == ("Rivierinstituut", "nl")
    assert item["image"].startswith(f"{settings.PORTAL_URL}/media/")
    assert "summary" not in item


def test_feed_of_organisations_holds_those_of_its_list(client):
    flanders = Region.objects.create(code="BE2", name_en="Flanders")
    factories.organisation("Ghent", region=flanders)
    factories.organisation("Paris", country="FR", kind=Organisation.Kind.HOSPITAL)
    factories.organisation(SECRET).delete()
    assert sorted(titles(client, "/en/organisations/")) == ["Ghent", "Paris"]
    assert titles(client, "/en/organisations/?country=FR&kind=hospital") == ["Paris"]
    assert titles(client, "/en/organisations/?region=BE2") == ["Ghent"]
    assert titles(client, "/en/organisations/?q=paris") == ["Paris"]
    assert client.get("/en/organisations/feed.atom?country=XX").status_code == 400
    page = client.get("/en/organisations/?country=FR&sort=country").text
    assert page.count('href="/en/organisations/feed.atom?country=FR"') == 2


def test_organisation_changes_when_readers_of_the_language_see_a_change(client, clock):
    first = clock(1)
    made = factories.organisation("Rivers", name_nl="Rivieren")

    def told(language):
        (entry,) = client.get(f"/{language}/organisations/feed.json").json()["items"]
        return entry["id"], entry["date_published"], modified(entry)

    def save(**fields):
        organisation = Organisation.objects.get(pk=made.pk)
        for name, value in fields.items():
            setattr(organisation, name, value)
        organisation.save()

    before = told("en")
    assert before[1:] == (first.isoformat(), first)
    clock(2)
    save()
    save(slug="elsewhere")
    assert told("en") == before
    second = clock(3)
    save(name_nl="Beken")
    assert told("en") == before
    assert told("nl")[1:] == (first.isoformat(), second)
    third = clock(4)
    save(city="Ghent")
    assert [told(language)[2] for language in ("en", "fr", "nl")] == [third] * 3
    assert told("en")[0] == before[0]


def test_organisation_that_was_saved_before_changes_were_kept_has_a_time(client, clock):
    first = clock(1)
    organisation = factories.organisation()
    PublicChange.objects.all().delete()
    clock(2)
    organisation.save()
    (entry,) = client.get("/en/organisations/feed.json").json()["items"]
    assert modified(entry) == first


def test_organisation_that_was_saved_unchanged_stays_in_its_place(client, clock, monkeypatch):
    monkeypatch.setattr("syndication.feeds.views.PAGE_SIZE", 2)
    made = []
    for day in range(1, 6):
        clock(day)
        made.append(factories.organisation(str(day)))
    clock(10)
    for organisation in made[:3]:
        organisation.save()
    found = [
        titles(client, f"/en/organisations/?page={page}&sort=country") for page in (1, 2, 3)
    ]
    assert found == [["5", "4"], ["3", "2"], ["1"]]


def test_feed_of_organisations_takes_a_constant_number_of_queries(client):
    region = Region.objects.create(code="BE2", name_en="Flanders")
    page = factories.published(Page)
    link = f'<p><a href="item:pages.page/{page.pk}">x</a></p>'
    factories.organisation(region=region, description_en=link)
    one = queries(client, "/en/organisations/feed.atom")
    for _ in range(4):
        factories.organisation(region=region, description_en=link)
    assert queries(client, "/en/organisations/feed.atom") == one
