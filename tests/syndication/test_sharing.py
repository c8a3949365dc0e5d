"""Metadata for other sites and search engines: Open Graph, cards and JSON-LD."""

import json
from io import BytesIO

import pytest
from django.test import Client
from django.utils.dateparse import parse_date, parse_datetime
from lxml import html
from PIL import Image

from calls.models import Call, Project
from initiatives.models import Initiative, Participation
from media.models import Image as PublishedImage
from news.models import Article, Event
from publishing.workflow import unpublish
from syndication.cards import Card
from tests import factories

pytestmark = pytest.mark.django_db

#: Properties that schema.org 29 allows for the types in use, including inherited ones.
THING = {"name", "url", "description", "image", "identifier", "alternateName", "sameAs"} | {
    "potentialAction"
}
WORK = (
    THING
    | {"inLanguage", "about", "publisher", "dateModified", "datePublished"}
    | {
        "headline",
        "keywords",
        "isPartOf",
    }
)
ORGANISATION = (
    THING | {"address", "member", "funding", "foundingDate", "dissolutionDate"} | {"keywords"}
)
PROPERTIES = {
    "WebSite": WORK,
    "SearchAction": {"target", "query-input"},
    "EntryPoint": {"urlTemplate"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
    "Thing": THING,
    "NewsArticle": WORK,
    "WebPage": WORK,
    "CollectionPage": WORK,
    "MonetaryGrant": THING | {"funder", "sponsor", "amount"},
    "MonetaryAmount": {"value", "currency"},
    "ApplyAction": {"target", "startTime", "endTime"},
    "PostalAddress": {"streetAddress", "postalCode", "addressLocality", "addressCountry"},
    "Place": THING | {"address"},
    "VirtualLocation": THING,
    "Event": THING
    | {"startDate", "endDate", "eventStatus", "eventAttendanceMode", "location", "organizer"}
    | {"inLanguage"},
    **dict.fromkeys(
        ("Organization", "FundingScheme", "FundingAgency", "Consortium", "ResearchProject")
        + ("CollegeOrUniversity", "ResearchOrganization", "Hospital", "Corporation", "NGO")
        + ("GovernmentOrganization",),
        ORGANISATION,
    ),
}
DATES = {"startDate", "endDate", "dateModified", "datePublished", "startTime", "endTime"} | {
    "foundingDate",
    "dissolutionDate",
}


@pytest.fixture(params=factories.publishable_models(), ids=lambda model: model.__name__)
def item(request):
    title = 'Ends </script><script>alert("1")</script> & <!-- here'
    return factories.published(request.param, title_en=title, summary_en="What it is.")


def head(response):
    """Return the meta elements of a page's head: {name or property: content}."""
    page = html.fromstring(response.content)
    metas = page.xpath("//head/meta[@content]")
    return {m.get("property") or m.get("name"): m.get("content") for m in metas}


def graph(response):
    """Return the nodes of a page's JSON-LD, after checking each."""
    page = html.fromstring(response.content)
    (script,) = page.xpath('//script[@type="application/ld+json"]')
    data = json.loads(script.text)
    assert data["@context"] == "https://schema.org"
    for node in data["@graph"]:
        check(node)
    return {node["@type"]: node for node in data["@graph"]}


def check(node):
    """Assert that a node has only non-empty properties that its type allows."""
    unknown = set(node) - PROPERTIES[node["@type"]] - {"@type", "@id"}
    assert not unknown, (node["@type"], unknown)
    for name, value in node.items():
        assert value not in ("", None, []), name
        if name in ("url", "item", "@id", "image"):
            assert value.startswith("http"), (name, value)
        if name in DATES:
            assert parse_datetime(value) or parse_date(value), (name, value)
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, dict):
                check(part)


def path_of(address):
    return "/" + address.split("/", 3)[3]


def test_page_tells_its_title_its_text_and_its_picture(client, item):
    response = client.get(item.get_absolute_url())
    told = head(response)
    assert told["og:title"] == item.title
    assert told["og:description"] == "What it is."
    assert told["og:url"].endswith(item.get_absolute_url())
    card = client.get(path_of(told["og:image"]))
    assert card["Content-Type"] == told["og:image:type"] == "image/jpeg"
    picture = Image.open(BytesIO(card.content))
    assert picture.size == (int(told["og:image:width"]), int(told["og:image:height"]))


def test_page_describes_what_it_shows_in_words_of_schema_org(client, item):
    response = client.get(item.get_absolute_url())
    nodes = graph(response)
    described = [node for node in nodes.values() if node.get("name") == item.title]
    assert described
    assert described[0]["@id"].endswith(item.get_absolute_url())


def test_card_of_a_hidden_item_is_not_found(client, item):
    path = f"{item.get_absolute_url()}card.jpg"
    assert client.get(path).status_code == 200
    unpublish(item=item)
    assert client.get(path).status_code == 404


def test_card_has_another_address_when_it_looks_otherwise(client):
    article = factories.published(Article)
    before = head(client.get(article.get_absolute_url()))["og:image"]
    Article.objects.update(title_en="Another title")
    assert head(client.get(article.get_absolute_url()))["og:image"] != before


def test_home_page_tells_how_to_search(client):
    action = graph(client.get("/en/"))["WebSite"]["potentialAction"]
    address = action["target"]["urlTemplate"].replace("{search_term_string}", "health")
    assert client.get(path_of(address)).status_code == 200


def test_pages_of_lists_and_errors(client):
    told = head(client.get("/en/calls/"))
    assert client.get(path_of(told["og:image"]))["Content-Type"] == "image/jpeg"
    missing = Client().get("/en/calls/nothing/")
    assert "og:title" not in head(missing)
    assert client.get("/en/nowhere/card.jpg").status_code == 404
    assert client.get("/en/calls/card.jpg").status_code == 404


@pytest.mark.parametrize(
    "title",
    ["", "Łódź and Győr", "Ελληνικά", "x" * 300, "word " * 60, "🚀 \u202e\x07", "Ends\nhere"],
)
def test_card_holds_any_title(title):
    picture = Image.open(BytesIO(Card(title=title, kicker="Call", line="2026").jpeg()))
    assert picture.size == (1200, 630)


def test_card_does_without_a_picture_that_is_lost():
    assert Card(title="A", picture=PublishedImage(file="images/lost.jpg")).jpeg()


def test_call_is_a_grant_that_one_applies_for(client):
    call = factories.published(
        Call,
        reference="JTC-2026",
        budget=1000,
        submission_url="https://apply.example/",
        initiative=factories.draft(Initiative),
    )
    factories.key_date(call, "full-proposal", 30)
    grant = graph(client.get(call.get_absolute_url()))["MonetaryGrant"]
    assert grant["identifier"] == "JTC-2026"
    assert grant["amount"] == {"@type": "MonetaryAmount", "value": "1000.00", "currency": "EUR"}
    assert grant["potentialAction"]["target"] == "https://apply.example/"
    assert "endTime" in grant["potentialAction"]
    assert "sponsor" not in grant  # which is not public


def test_project_and_initiative_name_who_takes_part(client):
    organisation = factories.organisation(name_en="Institut Curie")
    project = factories.published(Project, grant_number="101137129", eu_contribution=5)
    project.participants.create(organisation=organisation)
    described = graph(client.get(project.get_absolute_url()))["ResearchProject"]
    assert described["member"][0]["name"] == "Institut Curie"
    assert described["funding"]["identifier"] == "101137129"
    initiative = factories.published(Initiative)
    Participation.objects.create(initiative=initiative, organisation=organisation)
    described = graph(client.get(initiative.get_absolute_url()))["FundingScheme"]
    assert described["member"][0]["name"] == "Institut Curie"


def test_topic_collects_what_there_is_on_it(client):
    topic = factories.topic("Rare diseases")
    response = client.get(topic.get_absolute_url())
    assert graph(response)["CollectionPage"]["name"] == "Rare diseases"
    assert client.get(path_of(head(response)["og:image"])).status_code == 200


def test_event_tells_when_and_where_it_is(client):
    event = factories.published(Event, place_en="Brussels", is_online=True, is_all_day=True)
    described = graph(client.get(event.get_absolute_url()))["Event"]
    assert described["eventAttendanceMode"].endswith("MixedEventAttendanceMode")
    assert [place["@type"] for place in described["location"]] == ["Place", "VirtualLocation"]
    assert parse_date(described["startDate"])
