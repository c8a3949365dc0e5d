"""Deleted items are listed and can be restored."""

import pytest

from calls.models import Call
from initiatives.models import Initiative
from publishing.models import Revision
from tests import factories
from tests.factories import draft, key_date, publishable_models, published
from tests.staff import admin_url, signed_in

pytestmark = pytest.mark.django_db


def deleted_url(model):
    return admin_url(model, "changelist") + "deleted/"


def delete(client, item):
    client.post(admin_url(item, "delete"), {"post": "yes"})
    assert not type(item)._base_manager.filter(pk=item.pk).exists()


def restore_url(model):
    version = Revision.objects.of_type(model).filter(kind="deleted").first()
    return f"{deleted_url(model)}{version.pk}/restore/"


@pytest.mark.parametrize("model", publishable_models(), ids=lambda m: m.__name__)
def test_deleted_item_comes_back_as_a_draft_at_its_place(model):
    client = signed_in("Publisher")
    item = published(model, title_en="Gone by mistake")
    delete(client, item)
    assert client.get(item.get_absolute_url()).status_code == 404
    assert "Gone by mistake" in client.get(deleted_url(model)).text
    response = client.post(restore_url(model))
    assert response.url == admin_url(item)
    back = model._base_manager.get(pk=item.pk)
    assert (back.title_en, back.slug, back.is_published) == (item.title_en, item.slug, False)
    assert "Nothing of this kind was deleted" in client.get(deleted_url(model)).text


@pytest.mark.parametrize("make", [draft, published])
def test_deletion_tells_what_readers_lose_and_that_it_can_be_taken_back(make):
    initiative = factories.participation(make(Initiative)).initiative
    page = signed_in("Publisher").get(admin_url(initiative, "delete")).text
    assert "as a draft" in page
    assert "for ever" not in page
    assert "Participation" not in page
    assert ("Readers will no longer find this item" in page) == initiative.is_published


def test_rows_come_back_too():
    client = signed_in("Publisher")
    call = draft(Call)
    key_date(call, "opening", 1)
    delete(client, call)
    client.post(restore_url(Call))
    assert Call.objects.get(pk=call.pk).key_dates.count() == 1


def test_only_who_may_write_sees_and_restores_what_was_deleted():
    delete(signed_in("Publisher"), draft(Call, title_en="Secret"))
    nobody = signed_in("Author")
    nobody.user.groups.clear()
    for address in (deleted_url(Call), restore_url(Call)):
        assert nobody.get(address).status_code in (403, 405)
    assert nobody.post(restore_url(Call)).status_code == 403
    assert not Call.objects.exists()


def test_what_is_there_or_never_was_is_not_restored():
    client = signed_in("Publisher")
    call = draft(Call)
    delete(client, call)
    address = restore_url(Call)
    assert client.get(address).status_code == 405
    client.post(address)
    assert client.post(address).status_code == 404
    assert client.post(f"{deleted_url(Call)}{'9' * 23}/restore/").status_code == 404
