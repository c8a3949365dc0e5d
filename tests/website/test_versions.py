"""Public history: change notes, and pages as published on a day."""

import pytest
from django.urls import reverse

from calls.models import Call, Project
from publishing import workflow
from publishing.models import Revision
from publishing.revisions import snapshots
from publishing.workflow import publish, save_draft
from tests import factories
from tests.staff import admin_url, signed_in
from tests.website.test_contract import api_address, every_type

pytestmark = pytest.mark.django_db


def edit(item, **fields):
    data = snapshots.dump(workflow.draft_of(item))
    data = {**data, "fields": {**data["fields"], **fields}}
    return save_draft(item=item, snapshot=data, seen=workflow.head(item).number)


def versions(item):
    return f"{item.get_absolute_url()}versions/"


@every_type
def test_each_published_version_has_a_permanent_page(client, model):
    item = factories.published(model, title_en="First words")
    edit(item, title_en="Second words")
    publish(item=item, change_note={"en": "Said differently"})
    old = Revision.objects.of(item).published().last()
    page = client.get(f"{versions(item)}{old.number}/")
    assert page.status_code == 200
    assert page["X-Robots-Tag"] == "noindex"
    content = page.content.decode()
    assert "First words" in content
    assert "Second words" not in content.split("<main")[1].split("notice")[0]
    current = client.get(item.get_absolute_url()).content.decode()
    assert "Second words" in current
    assert "Said differently" in current
    assert "Said differently" in client.get(versions(item)).content.decode()


@every_type
def test_list_of_versions_names_its_item_and_leads_to_its_section(client, model):
    item = factories.published(model, title_en="First words")
    response = client.get(versions(item))
    assert "<title>Published versions: First words –" in response.text
    own = client.get(item.get_absolute_url()).context["breadcrumbs"]
    assert response.context["breadcrumbs"][:-2] == own[:-1]


@pytest.mark.parametrize("below", ["changes", "questions", "results"])
def test_title_of_a_page_below_a_call_names_the_call(client, below):
    call = factories.published(Call, title_en="First words")
    factories.live(Project, call=call)
    page = client.get(f"{call.get_absolute_url()}{below}/").text
    assert ": First words – " in page.split("<title>")[1].split("</title>")[0]


@every_type
def test_drafts_and_reasons_are_on_no_public_page(client, model, django_user_model):
    author = django_user_model.objects.create_superuser("Jane Secretary")
    item = factories.publishable(model)
    publish(item=item)
    draft = edit(item, title_en="Unannounced zebra")
    assert client.get(f"{versions(item)}{draft.number}/").status_code == 404
    publish(item=item, by=author, reason="Legal asked for it")
    number = Revision.objects.of(item).first().number
    for address in (item.get_absolute_url(), versions(item), f"{versions(item)}{number}/"):
        page = client.get(address).content.decode()
        assert "Legal asked" not in page
        assert "Jane Secretary" not in page


@every_type
def test_api_tells_the_published_versions_and_their_notes(client, model):
    if not (address := api_address(model)):
        pytest.skip("not in the API")
    item = factories.published(model)
    edit(item, title_en="Later")
    publish(item=item, reason="internal", change_note={"en": "Said differently"})
    edit(item, title_en="Draft")
    versions = client.get(f"{address}{item.pk}/").json()["versions"]
    assert [version["change_note"] for version in versions] == ["Said differently", ""]
    assert client.get(versions[1]["url"]).status_code == 200
    assert "internal" not in str(versions)


@every_type
def test_versions_of_a_withdrawn_item_are_withdrawn(client, model):
    item = factories.published(model)
    number = Revision.objects.of(item).first().number
    workflow.unpublish(item=item)
    assert client.get(versions(item)).status_code == 404
    assert client.get(f"{versions(item)}{number}/").status_code == 404


@every_type
def test_version_that_was_undone_is_public_nowhere(client, model):
    item = factories.published(model)
    edit(item, title_en="Mistaken zebra")
    publish(item=item, change_note={"en": "Zebra announced"})
    mistaken = Revision.objects.of(item).first()
    workflow.undo_publish(item=item)
    assert client.get(f"{versions(item)}{mistaken.number}/").status_code == 404
    api = f"{api_address(model)}{item.pk}/" if api_address(model) else None
    for address in filter(None, [item.get_absolute_url(), versions(item), api]):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "zebra" not in answer.content.decode().lower(), address
        assert f"versions/{mistaken.number}/" not in answer.content.decode(), address


@every_type
def test_staff_find_an_undone_version_in_the_history(model):
    item = factories.published(model)
    edit(item, title_en="Mistaken zebra")
    publish(item=item, reason="Too early")
    mistaken = Revision.objects.of(item).first()
    workflow.undo_publish(item=item)
    staff = signed_in("Author")
    history = staff.get(admin_url(item, "history")).text
    assert "Too early" in history
    assert f"Version {mistaken.number} undone" in history
    compared = reverse(
        f"admin:{item._meta.app_label}_{item._meta.model_name}_compare",
        args=[item.pk, mistaken.number - 1, mistaken.number],
    )
    assert staff.get(compared).status_code == 200


def test_first_version_that_was_undone_stays_hidden_when_the_item_is_public_again(client):
    item = factories.published(Call, title_en="Mistaken zebra")
    mistaken = Revision.objects.of(item).first()
    workflow.undo_publish(item=item)
    edit(item, title_en="Corrected")
    publish(item=item)
    assert client.get(f"{versions(item)}{mistaken.number}/").status_code == 404
    assert f"versions/{mistaken.number}/" not in client.get(versions(item)).text


def test_item_that_was_withdrawn_and_published_again_keeps_its_versions(client):
    item = factories.published(Call)
    first = Revision.objects.of(item).first()
    workflow.unpublish(item=item)
    publish(item=item)
    shown = client.get(f"{versions(item)}{first.number}/")
    assert shown.status_code == 200
    assert item.title_en in shown.text


@pytest.mark.parametrize("address", ["/en/nothing/versions/", "/en/calls/versions/1/"])
def test_versions_of_nothing_are_not_found(client, address):
    assert client.get(address).status_code == 404


def test_version_shows_the_status_of_its_own_dates(client):
    call = factories.open_call(days_left=3)
    publish(item=call)
    number = Revision.objects.of(call).first().number
    data = snapshots.dump(call)
    for row in data["rows"]["key_dates"]:
        if row["fields"]["kind"] == "full-proposal":
            row["fields"]["at"] = "2099-01-01T12:00:00+00:00"
    save_draft(item=call, snapshot=data, seen=workflow.head(call).number)
    publish(item=call, change_note={"en": "Deadline extended"})
    assert Call.objects.get().status == "open"
    old = client.get(f"{versions(call)}{number}/").content.decode()
    assert "status_badge--closing_soon" in old


def test_version_pages_take_a_bounded_number_of_queries(client, django_assert_max_num_queries):
    call = factories.open_call()
    for _ in range(30):
        factories.offer(call)
    publish(item=call)
    number = Revision.objects.of(call).first().number
    with django_assert_max_num_queries(24):
        client.get(f"{versions(call)}{number}/")
