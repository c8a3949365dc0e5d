"""Incoming links: the index, and the warnings that staff see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from calls.models import Call, Project
from initiatives.models import Initiative
from news.models import Article
from pages.models import Page
from publishing.models import ItemLink
from publishing.references import mentions
from publishing.workflow import (
    discard_draft,
    publish,
    record_deletion,
    restore_deleted,
    undo_publish,
    unpublish,
)
from tests import factories
from tests.publishing.test_addresses import write
from tests.publishing.test_links import grant, link
from tests.staff import admin_url, save, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return factories.published(Call, slug="target", title_en="Target")


def linking(item):
    """Return {(type, key) of each item that links to `item`: is the link public}."""
    return {
        (source["source_type"], source["source_id"]): bool(source["in_public"])
        for source in mentions.find_mentions(type(item), [item.pk])
    }


def is_known(item, target):
    """Return whether the link from `item` to `target` is public, or None without a link."""
    links = ItemLink.objects.from_item(item).filter(target_id=target.pk)
    return max(links.values_list("is_live", flat=True), default=None)


def indexed():
    return set(
        ItemLink.objects.values_list(
            "source_type", "source_id", "target_type", "target_id", "is_live"
        )
    )


def test_link_in_a_draft_is_known_until_it_is_published_and_after(call):
    page = factories.published(Page)
    write(page, body_en=link(f"item:calls.call/{call.pk}"))
    assert is_known(page, call) is False
    publish(item=page)
    assert is_known(page, call) is True
    write(page, body_en="")
    assert is_known(page, call) is True
    publish(item=page)
    assert is_known(page, call) is None


def test_discarded_draft_links_nowhere(call):
    page = factories.published(Page)
    write(page, body_en=link(f"item:calls.call/{call.pk}"))
    discard_draft(item=page)
    assert is_known(page, call) is None


def test_undone_publication_links_nowhere(call):
    page = factories.published(Page)
    write(page, body_fr=link("/fr/calls/target/"))
    publish(item=page)
    assert is_known(page, call) is True
    undo_publish(item=page)
    assert is_known(page, call) is None


def test_unpublished_item_links_as_a_draft(call):
    page = factories.published(Page, body_en=link("/en/calls/target/"))
    unpublish(item=page)
    assert is_known(page, call) is False


def test_deleted_item_links_again_when_it_is_restored(call):
    page = factories.published(Page, body_en=link("/en/calls/target/"))
    revision = record_deletion(page)
    page.delete()
    assert linking(call) == {}
    restored = restore_deleted(revision=revision)
    assert is_known(restored, call) is False


def test_relations_and_rows_are_links_too(call):
    initiative, other = (factories.published(Initiative) for _ in range(2))
    project = publish(item=factories.draft(Project, call=call))
    article = factories.draft(Article)
    article.calls.add(call)
    article = publish(item=article)
    initiative.relations.create(to_initiative=other, kind="continues")
    publish(item=initiative)
    assert is_known(project, call) is True
    assert is_known(article, call) is True
    assert is_known(initiative, other) is True


def test_item_that_links_to_itself_is_not_told(call):
    write(call, body_en=link(f"item:calls.call/{call.pk}"))
    publish(item=call)
    assert linking(call) == {}


def test_text_of_a_topic_is_indexed_when_it_is_saved(call):
    topic = factories.topic(introduction_en=link("/en/calls/target/"))
    assert is_known(topic, call) is True
    topic.introduction_en = ""
    topic.save()
    assert is_known(topic, call) is None
    organisation = factories.organisation(description_nl=link("/en/calls/target/"))
    assert is_known(organisation, call) is True
    organisation.delete()
    assert linking(call) == {}


def test_index_can_be_rebuilt(call):
    page = factories.published(Page, body_en=link("/en/calls/target/"))
    write(page, body_en=link(f"item:pages.page/{factories.draft(Page).pk}"))
    hidden = factories.published(Page, body_en=link("/en/calls/target/"))
    unpublish(item=hidden)
    factories.topic(introduction_en=link("/en/calls/target/"))
    publish(item=factories.draft(Project, call=call))
    known = indexed()
    assert len(known) == 5
    gone = factories.published(Page, body_en=link("/en/calls/target/"))
    gone.delete()
    ItemLink.objects.filter(is_live=False).delete()
    mentions.rebuild()
    assert indexed() == known


# The admin ------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["unpublish", "delete", "linked_from"])
def test_staff_are_told_what_links_here(call, verb):
    factories.published(Page, title_en="A public zebra", body_en=link("/en/calls/target/"))
    factories.draft(Page, title_en="A secret zebra")
    draft = factories.published(Page, title_en="A zebra with a draft")
    write(draft, body_en=link(f"item:calls.call/{call.pk}"))
    page = signed_in("Publisher").get(admin_url(call, verb)).text
    assert "A public zebra" in page
    assert "A zebra with a draft" in page
    assert "A secret zebra" not in page
    assert "in a draft" in page


def test_nothing_is_told_where_nothing_links_here(call):
    client = signed_in("Publisher")
    assert "mentions" not in client.get(admin_url(call, "delete")).text
    assert "Nothing links to this item." in client.get(admin_url(call, "linked_from")).text


def test_several_items_to_be_deleted_are_told_of_together(call):
    factories.published(Page, title_en="Zebra", body_en=link("/en/calls/target/"))
    data = {"action": "delete_selected", "_selected_action": [call.pk]}
    page = signed_in("Publisher").post(admin_url(call, "changelist"), data).text
    assert "Zebra" in page
    assert "1 item links or refers to this." in page


def test_titles_of_types_that_may_not_be_viewed_are_not_told(call):
    factories.draft(Page, title_en="Secret zebra", body_en=link("/en/calls/target/"))
    mentions.rebuild()
    client = signed_in()
    client.user.is_superuser = False
    client.user.save()
    for codename in ("view_call", "change_call", "publish_call", "delete_call"):
        grant(client.user, codename)
    for verb in ("unpublish", "linked_from"):
        page = client.get(admin_url(call, verb)).text
        assert "Secret zebra" not in page
        assert "and 1 other" in page


def test_what_links_to_an_item_is_told_to_those_only_who_may_view_it(call):
    client = signed_in()
    client.user.is_superuser = False
    client.user.save()
    assert client.get(admin_url(call, "linked_from")).status_code == 403
    client.logout()
    assert client.get(admin_url(call, "linked_from")).status_code == 302


@pytest.mark.parametrize("query", ["?page=0", "?page=999999999999", "?page=x"])
def test_bad_page_of_what_links_here_shows_one(call, query):
    client = signed_in("Author")
    response = client.get(admin_url(call, "linked_from") + query)
    assert response.status_code == 200
    assert response.text.count("<h1") == 1


def test_form_leads_to_what_links_here(call):
    page = signed_in("Author").get(admin_url(call)).text
    assert f'href="{admin_url(call, "linked_from")}"' in page


def test_number_of_queries_does_not_grow_with_what_links_here(call):
    client = signed_in("Publisher")

    def queries(count):
        for _ in range(count):
            factories.published(Page, body_en=link("/en/calls/target/"))
        with CaptureQueriesContext(connection) as captured:
            page = client.get(admin_url(call, "unpublish"))
        return len(captured), page.text

    assert queries(1)[0] == queries(25)[0]
    assert "and 6 others" in queries(0)[1]


def test_saving_in_the_admin_indexes_the_draft(call):
    page = factories.published(Page)
    save(signed_in("Author"), page, _continue="1", body_en=link("/en/calls/target/"))
    assert is_known(page, call) is False
