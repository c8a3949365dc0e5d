"""Former addresses of published items redirect to the current one."""

import pytest
from django.urls import reverse
from django.utils import translation

from calls.models import Call
from publishing.models import FormerAddress, Revision
from publishing.revisions import snapshots
from publishing.workflow import (
    publish,
    record_deletion,
    restore,
    restore_deleted,
    save_draft,
    undo_publish,
    unpublish,
)
from tests.factories import draft, publishable_models, published

pytestmark = pytest.mark.django_db
every_type = pytest.mark.parametrize("model", publishable_models(), ids=lambda m: m.__name__)


def write(item, **fields):
    """Save a draft of the item with these columns changed."""
    head = Revision.objects.of(item).first()
    snapshot = head.data | {"fields": head.data["fields"] | fields}
    return save_draft(item=item, snapshot=snapshot, seen=head.number)


def move(item, slug):
    """Publish the item at another address."""
    write(item, slug=slug)
    return publish(item=item)


def address(item, slug, language="en"):
    with translation.override(language):
        return type(item)(slug=slug).get_absolute_url()


@every_type
@pytest.mark.parametrize("language", ["en", "fr", "nl"])
def test_address_of_a_published_item_leads_to_the_new_one(client, model, language):
    item = move(published(model, slug="before"), "after")
    response = client.get(address(item, "before", language) + "?from=mail&x=%C3%A9")
    assert response.status_code == 301
    assert response["Location"] == address(item, "after", language) + "?from=mail&x=%C3%A9"
    assert response["Cache-Control"] == "no-cache"
    assert client.get(address(item, "after", language)).status_code == 200


@every_type
def test_versions_below_a_former_address_move_with_it(client, model):
    item = move(published(model, slug="before"), "after")
    for rest in ("versions/", "versions/1/"):
        response = client.get(address(item, "before") + rest)
        assert response.status_code == 301
        assert response["Location"] == address(item, "after") + rest
    assert client.get(address(item, "after") + "versions/99/").status_code == 404


def test_draft_that_was_never_published_leaves_no_address(client):
    item = draft(Call, slug="early")
    save_draft(item=item, snapshot=snapshots.dump_live(item), seen=None)
    write(item, slug="late")
    publish(item=item)
    assert client.get(address(item, "early")).status_code == 404
    assert client.get(address(item, "late")).status_code == 200


def test_draft_of_a_published_item_moves_nothing_yet(client):
    item = published(Call, slug="before")
    write(item, slug="after")
    assert client.get(address(item, "before")).status_code == 200
    assert client.get(address(item, "after")).status_code == 404


def test_several_moves_need_one_redirect(client):
    item = move(move(published(Call, slug="a"), "b"), "c")
    for slug in "ab":
        assert client.get(address(item, slug))["Location"] == address(item, "c")


def test_moving_back_works(client):
    item = move(move(published(Call, slug="a"), "b"), "a")
    assert client.get(address(item, "a")).status_code == 200
    assert client.get(address(item, "b"))["Location"] == address(item, "a")
    assert FormerAddress.objects.count() == 1


def test_undoing_a_move_leads_back(client):
    item = published(Call, slug="a")
    item = undo_publish(item=move(item, "b"))
    assert client.get(address(item, "a")).status_code == 200
    assert client.get(address(item, "b"))["Location"] == address(item, "a")


def test_restoring_a_former_version_leads_back_when_it_is_published(client):
    item = move(published(Call, slug="a"), "b")
    restore(revision=Revision.objects.of(item).published().last())
    assert client.get(address(item, "b")).status_code == 200
    publish(item=item)
    assert client.get(address(item, "b"))["Location"] == address(item, "a")


def test_address_changed_while_unpublished_leads_to_the_new_one(client):
    item = published(Call, slug="a")
    unpublish(item=item)
    write(item, slug="b")
    assert client.get(address(item, "a")).status_code == 404
    publish(item=item)
    assert client.get(address(item, "a"))["Location"] == address(item, "b")


def test_page_of_a_new_item_at_a_former_address_wins(client):
    first = move(published(Call, slug="a"), "b")
    second = draft(Call, slug="a")
    assert client.get(address(first, "a"))["Location"] == address(first, "b")
    publish(item=second)
    assert client.get(address(first, "a")).status_code == 200
    unpublish(item=second)
    assert client.get(address(first, "a")).status_code == 404


def test_new_owner_of_a_former_address_takes_it_along(client):
    move(published(Call, slug="a"), "b")
    second = move(published(Call, slug="a"), "c")
    assert client.get(address(second, "a"))["Location"] == address(second, "c")


def test_address_of_another_type_is_another_address(client):
    call, other = published(Call, slug="a"), publishable_models()[0]
    move(call, "b")
    assert client.get(address(other(slug="a"), "a")).status_code == 404


def test_nothing_leads_to_an_unpublished_or_deleted_item(client):
    item = move(published(Call, slug="a"), "b")
    unpublish(item=item)
    assert client.get(address(item, "a")).status_code == 404
    publish(item=item)
    revision = record_deletion(item)
    item.delete()
    assert client.get(address(item, "a")).status_code == 404
    publish(item=restore_deleted(revision=revision))
    assert client.get(address(item, "a"))["Location"] == address(item, "b")


def test_head_is_redirected_as_well(client):
    item = move(published(Call, slug="a"), "b")
    assert client.head(address(item, "a")).status_code == 301


def test_lists_and_unknown_addresses_are_as_before(client):
    assert client.get(reverse("calls:list")).status_code == 200
    assert client.get("/en/calls/none/").status_code == 404
    assert client.get("/en/calls/none/versions/").status_code == 404
    assert client.get("/en/calls/versions/").status_code == 404
