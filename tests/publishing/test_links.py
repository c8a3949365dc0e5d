"""Rich text links to items of the portal by identity, so links follow their items."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from calls.models import Call
from initiatives.models import Initiative
from news.models import Article
from pages.models import Page
from publishing.models import Revision
from publishing.revisions import snapshots
from publishing.richtext import find_page, sanitize, storable
from publishing.workflow import publish, save_draft, unpublish
from tests import factories
from tests.publishing.test_addresses import move
from tests.staff import admin_url, form_at, save, signed_in
from tests.website.test_contract import api_address

pytestmark = pytest.mark.django_db

every_type = pytest.mark.parametrize(
    "model", factories.publishable_models(), ids=lambda m: m.__name__
)


def link(href, text="there"):
    return f'<p>See <a href="{href}">{text}</a>.</p>'


@pytest.fixture
def call():
    return factories.published(Call, slug="target", title_en="Target")


@pytest.mark.parametrize(
    "href",
    [
        "/en/calls/target/",
        "/fr/calls/target/",
        "/en/calls/target",
        "/calls/target/",
        "http://testserver.example/nl/calls/target/",
        "https://testserver.example/nl/calls/target/",
        "//testserver.example/en/calls/target/",
    ],
)
def test_address_of_an_item_is_stored_as_its_identity(settings, call, href):
    settings.PORTAL_URL = "https://testserver.example"
    assert storable(link(href)) == link(f"item:calls.call/{call.pk}")


def test_version_query_and_place_go_with_the_link(client, call):
    stored = storable(link("/en/calls/target/versions/1/?a=1&b=%22#dates"))
    assert stored == link(f"item:calls.call/{call.pk}/versions/1/?a=1&amp;b=%22#dates")
    page = factories.published(Page, body_en=stored)
    shown = client.get(page.get_absolute_url()).text
    assert 'href="/en/calls/target/versions/1/?a=1&amp;b=%22#dates"' in shown


@pytest.mark.parametrize(
    "href",
    [
        "/en/calls/",
        "/en/calls/nobody/",
        "/en/",
        "#place",
        "https://example.org/en/calls/target/",
        "mailto:someone@example.org",
        "/documents/target/",
        "/admin/calls/call/1/change/",
        "/en/" + "x" * 10_000 + "/",
        "/en/calls/%00/",
        "calls/target/",
    ],
)
def test_other_addresses_stay_as_they_are(call, href):
    assert storable(link(href)) == link(href)


@pytest.mark.parametrize(
    "href",
    [
        "item:anything",
        "item:calls.call/0",
        "item:calls.call/1/../../admin/",
        "ITEM:calls.call/1",
        "item://calls.call/1",
        "item:calls.call/99999999999999999999",
        " item:javascript",
        "item:calls.call/1/evil",
    ],
)
def test_identity_cannot_be_used_for_anything_else(href):
    assert sanitize(link(href)) == "<p>See <a>there</a>.</p>"


@pytest.mark.parametrize("name", ["auth.user/1", "calls.keydate/1", "nothing.here/1"])
def test_identity_of_what_has_no_page_leads_nowhere(client, name):
    page = factories.published(Page, body_en=link(f"item:{name}"))
    assert "<p>See there.</p>" in client.get(page.get_absolute_url()).text


def test_address_that_is_none_leads_to_no_page():
    assert find_page("https://[broken/en/calls/target/") is None


def test_storing_twice_changes_nothing(call):
    once = storable(link("/en/calls/target/?x=1&y=2", "<strong>a</strong> &lt;b&gt;"))
    assert storable(once) == once


@every_type
def test_link_follows_its_item_in_the_language_of_the_reader(client, model):
    target = factories.published(model, slug="before")
    with translation.override("en"):
        page = factories.published(Page, body_en=link(target.get_absolute_url()))
    move(target, "after")
    for code in ("en", "fr", "nl"):
        with translation.override(code):
            shown = client.get(page.get_absolute_url()).text
            assert f'<a href="{model(slug="after").get_absolute_url()}">there</a>' in shown
    assert "item:" not in shown


def test_former_address_is_understood(call):
    move(call, "elsewhere")
    assert storable(link("/en/calls/target/")) == link(f"item:calls.call/{call.pk}")


def test_link_to_what_is_not_public_is_plain_text_for_readers(client, call):
    draft = factories.draft(Call, slug="secret-zebra")
    body = link("/en/calls/target/") + link("/en/calls/secret-zebra/", "<em>soon</em>")
    page = factories.published(Page, body_en=body)
    shown = client.get(page.get_absolute_url()).text
    assert "<p>See <em>soon</em>.</p>" in shown
    assert "secret-zebra" not in shown
    unpublish(item=call)
    assert "<p>See there.</p>" in client.get(page.get_absolute_url()).text
    publish(item=draft)
    assert 'href="/en/calls/secret-zebra/"' in client.get(page.get_absolute_url()).text


def test_versions_lead_to_where_things_are_now(client, call):
    page = factories.published(Page, body_en=link("/en/calls/target/"))
    move(call, "elsewhere")
    shown = client.get(page.get_absolute_url() + "versions/1/").text
    assert 'href="/en/calls/elsewhere/"' in shown


@every_type
def test_api_has_absolute_addresses_in_the_language_of_the_answer(client, call, model):
    if not (address := api_address(model)):
        pytest.skip("not in the API")
    item = factories.published(model, body_en=link("/en/calls/target/"))
    move(call, "elsewhere")
    body = client.get(f"{address}{item.pk}/?lang=fr").json()["body"]
    assert body == link("http://testserver/fr/calls/elsewhere/")
    unpublish(item=call)
    assert client.get(f"{address}{item.pk}/").json()["body"] == "<p>See there.</p>"


def test_topics_and_organisations_are_linked_and_link_by_identity(client, call):
    topic = factories.topic(slug="ice", introduction_en=link("/en/calls/target/"))
    organisation = factories.organisation(slug="funder", description_en=link("/en/topics/ice/"))
    assert topic.introduction_en == link(f"item:calls.call/{call.pk}")
    topic.slug = "snow"
    topic.save()
    move(call, "elsewhere")
    assert 'href="/en/topics/snow/"' in client.get(organisation.get_absolute_url()).text
    assert 'href="/en/calls/elsewhere/"' in client.get(topic.get_absolute_url()).text
    answer = client.get(f"/api/v1/topics/{topic.pk}/").json()
    assert "http://testserver/en/calls/elsewhere/" in answer["introduction"]


def test_any_number_of_links_takes_one_query_a_type(client):
    def queries(count):
        body = "".join(
            link(factories.published(model).get_absolute_url())
            for _ in range(count)
            for model in (Call, Article, Initiative)
        )
        texts = {"body_en": body, "aim_en": body, "eligibility_en": body}
        item = factories.published(Call, **texts)
        client.get(item.get_absolute_url())
        with CaptureQueriesContext(connection) as captured:
            client.get(item.get_absolute_url())
        return len(captured)

    assert queries(1) == queries(10) == queries(0) + 3


# The form -----------------------------------------------------------------------------


@pytest.fixture
def publisher():
    return signed_in("Publisher")


def shown_in_form(client, item, name="body_en"):
    return form_at(client, admin_url(item)).context["adminform"].form[name].value()


def test_form_shows_addresses_in_the_language_of_the_field(publisher, call):
    texts = {"body_en": link("/en/calls/target/"), "body_fr": link("/en/calls/target/")}
    page = factories.published(Page, **texts)
    move(call, "elsewhere")
    assert shown_in_form(publisher, page) == link("/en/calls/elsewhere/")
    assert shown_in_form(publisher, page, "body_fr") == link("/fr/calls/elsewhere/")


@every_type
def test_saving_without_edits_changes_nothing(publisher, model):
    targets = [factories.published(Call), factories.draft(Call), factories.draft(Call)]
    body = "".join(link(f"{t.get_absolute_url()}?a=1&b=2#c", "<em>x</em>") for t in targets)
    item = factories.published(model, body_en=body)
    targets[2].delete()
    for _ in range(2):
        assert save(publisher, item, _continue="1") == {}
    revisions = list(Revision.objects.of(item))
    assert revisions[0].kind == "draft"
    bodies = {revision.data["fields"]["body_en"] for revision in revisions}
    assert len(bodies) == 1
    assert bodies.pop().count("item:calls.call/") == 3


def test_draft_that_takes_a_former_address_keeps_its_links(publisher):
    move(factories.published(Call, slug="a"), "b")
    successor = factories.draft(Call, slug="a")
    page = factories.published(Page, body_en=link(f"item:calls.call/{successor.pk}"))
    save(publisher, page, _continue="1")
    stored = Revision.objects.of(page).first().data["fields"]["body_en"]
    assert stored == link(f"item:calls.call/{successor.pk}")


def test_pasted_address_becomes_a_link_by_identity(publisher, call):
    page = factories.published(Page)
    save(publisher, page, _publish="1", _reason="Why", body_en=link("/fr/calls/target/"))
    page.refresh_from_db()
    assert page.body_en == link(f"item:calls.call/{call.pk}")
    assert shown_in_form(publisher, page) == link("/en/calls/target/")


def test_text_that_may_only_be_read_shows_addresses(call):
    page = factories.published(Page, body_en=link("/en/calls/target/"))
    reader = signed_in()
    reader.user.is_superuser = False
    reader.user.save()
    grant(reader.user, "view_page")
    assert 'href="/en/calls/target/"' in reader.get(admin_url(page)).text


def grant(user, codename):
    user.user_permissions.add(Permission.objects.get(codename=codename))


def test_draft_in_the_tables_is_stored_by_identity_too(call):
    item = factories.draft(Page)
    snapshot = snapshots.dump_live(item)
    snapshot["fields"]["body_en"] = link("/en/calls/target/")
    save_draft(item=item, snapshot=snapshot, seen=None)
    item.refresh_from_db()
    assert item.body_en == link(f"item:calls.call/{call.pk}")


# The editor's dialog --------------------------------------------------------------------

TARGETS = "/admin/link-targets/"


def choices(client, **query):
    return client.get(TARGETS, query).json()["results"]


def test_dialog_offers_items_of_all_types_by_the_words_of_their_name():
    call = factories.published(Call, title_fr="Glace de mer", slug="ice")
    factories.published(Call, title_en="Rivers")
    factories.draft(Article, title_en="Mer et glace", slug="soon")
    factories.topic("Glaces, mers", slug="ices")
    found = choices(signed_in("Author"), term="mer glace", language="fr")
    assert {choice["id"] for choice in found} == {
        "/fr/calls/ice/",
        "/fr/news/soon/",
        "/fr/topics/ices/",
    }
    assert {choice["note"] for choice in found} == {"Call", "Article – Draft", "Topic"}
    assert storable(link("/fr/calls/ice/")) == link(f"item:calls.call/{call.pk}")


def test_dialog_offers_the_last_edited_items_at_first(call):
    assert [choice["id"] for choice in choices(signed_in("Author"))] == ["/en/calls/target/"]


@pytest.mark.parametrize(
    "query", [{"term": "x" * 10_000}, {"language": "xx"}, {"page": "-1"}, {"term": "%_'"}]
)
def test_dialog_takes_anything_that_is_typed(call, query):
    response = signed_in("Author").get(TARGETS, query)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"


def test_dialog_offers_only_what_may_be_viewed(call):
    factories.published(Page, title_en="Secret zebra")
    client = signed_in()
    client.user.is_superuser = False
    client.user.save()
    grant(client.user, "view_call")
    assert [choice["id"] for choice in choices(client)] == ["/en/calls/target/"]
    client.logout()
    assert client.get(TARGETS).status_code == 302
