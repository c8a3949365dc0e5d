"""Scheduled publications that meet changes made in the meantime."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from calls.models import Call, KeyDate
from initiatives.models import Initiative
from news.models import Article
from publishing.models import Bundle, BundleItem, Revision, Schedule
from publishing.revisions import snapshots
from publishing.workflow import (
    draft_of,
    head,
    publish,
    publish_due,
    restore_deleted,
    save_draft,
    schedule,
    schedule_bundle,
    undo_publish,
    unpublish,
)
from tests.factories import key_date, publishable
from tests.staff import admin_url, member, save, signed_in

pytestmark = pytest.mark.django_db
IN_A_DAY = timedelta(days=1)


@pytest.fixture
def publisher():
    return member("Publisher")


def edit(item, **fields):
    """Save a draft with these columns changed. Return the revision."""
    snapshot = snapshots.dump(draft_of(item))
    snapshot["fields"] |= fields
    return save_draft(
        item=item, snapshot=snapshot, seen=(newest := head(item)) and newest.number
    )


def public(model, **fields):
    return publish(item=publishable(model, **fields))


def live(item):
    return type(item)._base_manager.get(pk=item.pk)


def planned(item, by, action=Schedule.Action.PUBLISH, at=IN_A_DAY):
    return schedule(
        item=item, at=timezone.now() + at, timezone="UTC", by=by, action=action, reason="x"
    )


def bundle_of(*items):
    bundle = Bundle.objects.create(title="Announcement")
    for item in items:
        BundleItem.objects.create(bundle=bundle, item=item)
    return bundle


def bundle_planned(bundle, by):
    at = timezone.now() + IN_A_DAY
    return schedule_bundle(bundle=bundle, at=at, timezone="UTC", by=by, reason="x")


def a_day_later():
    return publish_due(timezone.now() + IN_A_DAY + timedelta(minutes=1))


# --- Bundles ------------------------------------------------------------------------------


def test_draft_begun_after_a_bundle_was_scheduled_does_not_go_public_with_it(publisher):
    call, article = public(Call, title_en="As it was"), publishable(Article)
    bundle_planned(bundle_of(call, article), publisher)
    edit(call, title_en="Half-written")
    assert a_day_later() == 1
    assert live(article).is_published
    assert live(call).title_en == "As it was"


def test_item_added_to_a_scheduled_bundle_holds_it_up_and_says_so(publisher):
    article, late = publishable(Article), publishable(Call)
    bundle = bundle_of(article)
    plan = bundle_planned(bundle, publisher)
    BundleItem.objects.create(bundle=bundle, item=late)
    assert a_day_later() == 0
    assert not live(late).is_published
    assert not live(article).is_published
    plan.refresh_from_db()
    assert str(late) in plan.problem


def test_bundle_names_an_item_that_has_been_unpublished_meanwhile(publisher):
    call, article = public(Call), publishable(Article)
    plan = bundle_planned(bundle_of(call, article), publisher)
    unpublish(item=call)
    assert a_day_later() == 0
    plan.refresh_from_db()
    assert str(call) in plan.problem
    assert not live(call).is_published


def test_pinned_item_of_a_bundle_that_expired_goes_public_with_it(publisher):
    call = public(Call, title_en="Old")
    edit(call, title_en="New")
    bundle_planned(bundle_of(call), publisher)
    unpublish(item=call)
    assert a_day_later() == 1
    assert live(call).is_published
    assert live(call).title_en == "New"


def test_item_restored_after_its_deletion_goes_public_with_its_bundle(publisher):
    call, article = publishable(Call, title_en="Back again"), publishable(Article)
    plan = bundle_planned(bundle_of(call, article), publisher)
    signed_in().post(admin_url(call, "delete"), {"post": "yes"})
    assert a_day_later() == 0
    restore_deleted(revision=Revision.objects.of(call).first())
    plan.refresh_from_db()
    assert publish_due(plan.next_try_at) == 1
    assert live(call).title_en == "Back again"
    assert KeyDate.objects.filter(call=call).count() == 1


def test_bundle_does_not_tell_titles_of_a_type_that_one_may_not_view():
    secret, own = publishable(Call, title_en="Secret call"), publishable(Article)
    client = signed_in("Author")
    client.user.groups.clear()
    names = ["view_bundle", "change_bundle", "view_article", "publish_article"]
    client.user.user_permissions.set(Permission.objects.filter(codename__in=names))
    bundle = bundle_of(secret, own)
    page = client.get(admin_url(bundle)).content.decode()
    assert str(own) in page
    assert "Secret call" not in page


# --- Scheduled publication ------------------------------------------------------------------


def test_what_was_published_too_early_and_taken_back_is_published_in_time(publisher):
    call = public(Call, title_en="Old")
    draft = edit(call, title_en="New")
    planned(call, publisher)
    publish(item=call, revision=draft)
    undo_publish(item=call)
    assert live(call).title_en == "Old"
    assert a_day_later() == 1
    assert live(call).title_en == "New"


def test_what_was_unpublished_after_an_early_publication_is_published_in_time(publisher):
    call = publishable(Call)
    planned(call, publisher)
    publish(item=call)
    unpublish(item=call)
    assert a_day_later() == 1
    assert live(call).is_published


def test_item_expires_and_is_published_again_in_another_version(publisher):
    call = public(Call, title_en="First")
    planned(call, publisher, Schedule.Action.UNPUBLISH, timedelta(hours=1))
    edit(call, title_en="Second")
    planned(call, publisher, at=timedelta(hours=2))
    assert publish_due(timezone.now() + timedelta(minutes=90)) == 1
    assert not live(call).is_published
    assert a_day_later() == 1
    assert live(call).is_published
    assert live(call).title_en == "Second"


def test_pinned_draft_of_a_never_published_item_brings_its_rows_back(publisher):
    call = publishable(Call)
    pinned = edit(call, title_en="Pinned")
    planned(call, publisher)
    [first] = call.key_dates.all()
    snapshot = snapshots.dump_live(call)
    snapshot["rows"]["key_dates"] = []
    save_draft(item=call, snapshot=snapshot, seen=pinned.number)
    later = key_date(call, "opening", 3)
    later_draft = save_draft(
        item=call, snapshot=snapshots.dump_live(call), seen=head(call).number
    )
    assert a_day_later() == 1
    assert [row.kind for row in call.key_dates.all()] == [first.kind]
    publish(item=call, revision=later_draft)
    assert [row.kind for row in call.key_dates.all()] == [later.kind]


# --- Undo, unpublish ------------------------------------------------------------------------


def test_undo_does_not_bring_back_what_had_been_unpublished():
    call = public(Call, title_en="Expired")
    unpublish(item=call)
    edit(call, title_en="Again")
    publish(item=call)
    undo_publish(item=call)
    assert not live(call).is_published


def test_draft_continued_after_an_undo_is_published_as_the_form_shows_it():
    call = public(Call, title_en="Old", summary_en="Old")
    first = edit(call, title_en="New")
    edit(call, summary_en="New")
    publish(item=call, revision=first)
    undo_publish(item=call)
    assert draft_of(live(call)).title_en == "New"
    publish(item=call)
    assert (live(call).title_en, live(call).summary_en) == ("New", "New")


def test_form_of_an_unpublished_item_opens_on_the_draft_that_was_open():
    call = public(Call, title_en="Public")
    edit(call, title_en="Draft")
    unpublish(item=call)
    client = signed_in()
    page = client.get(admin_url(call))
    assert page.context["adminform"].form["title_en"].value() == "Draft"
    assert save(client, call, summary_en="More") == {}
    assert live(call).title_en == "Draft"
    publish(item=call)
    assert (live(call).title_en, live(call).summary_en) == ("Draft", "More")


def test_rows_of_an_open_draft_survive_that_its_item_is_unpublished():
    call = public(Call)
    draft = snapshots.dump_live(call)
    added = {**draft["rows"]["key_dates"][0], "pk": snapshots.new_row_id()}
    added["fields"] = {**added["fields"], "kind": "opening"}
    draft["rows"]["key_dates"].append(added)
    save_draft(item=call, snapshot=draft, seen=head(call).number)
    unpublish(item=call)
    client = signed_in()
    assert save(client, call, title_en="Saved") == {}
    assert {row.kind for row in call.key_dates.all()} == {"opening", "full-proposal"}
    publish(item=call)
    assert {row.kind for row in call.key_dates.all()} == {"opening", "full-proposal"}
    assert live(call).title_en == "Saved"


def test_author_is_led_from_the_start_page_to_the_form_of_what_is_scheduled(publisher):
    call = publishable(Call, title_en="Soon")
    planned(call, publisher)
    client = signed_in("Author")
    links = [
        entry.url
        for panel in client.get("/admin/").context["panels"]
        for entry in panel.entries
        if panel.key == "coming"
    ]
    assert links == [admin_url(call)]
    assert client.get(links[0]).status_code == 200


# --- Bad input ------------------------------------------------------------------------------


def test_item_that_is_not_valid_cannot_be_scheduled_and_says_why():
    call = publishable(Call)
    Call.objects.filter(pk=call.pk).update(kind="nonsense")
    when = {"action": "publish", "at": "2030-01-01T10:00", "timezone": "Europe/Brussels"}
    page = signed_in().post(admin_url(call, "schedule"), {**when, "reason": "x"})
    assert "nonsense" in str(page.context["errors"])
    assert not Schedule.objects.exists()


def test_day_is_chosen_for_the_home_page_where_an_address_has_a_line_break():
    response = signed_in().get("/admin/preview/?on=2026-03-01T10:00&page=/en/a%0Ab/")
    assert response.status_code == 302
    assert response["Location"].endswith("/en/")


def of_articles_only():
    """Sign in staff who manage bundles but may publish only articles."""
    client = signed_in("Author")
    client.user.groups.clear()
    bundles = ["view_bundle", "change_bundle", "delete_bundle", "add_bundle"]
    names = [*bundles, "view_article", "change_article", "publish_article"]
    client.user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return client


def test_scheduled_bundle_stays_whole_for_who_may_not_publish_all_of_it(publisher):
    bundle = bundle_of(publishable(Call), publishable(Article))
    client, entry = of_articles_only(), bundle.items.first()
    bundle_planned(bundle, publisher)
    assert client.post(admin_url(bundle, "delete"), {"post": "yes"}).status_code == 403
    for button in ({"_take_out": entry.pk}, {"_publish": "1"}):
        assert client.post(admin_url(bundle), {"title": "x", **button}).status_code == 403
    assert client.get(admin_url(bundle, "schedule")).status_code == 403
    assert (bundle.items.count(), bundle.schedules.waiting().count()) == (2, 1)


def test_failure_of_a_bundle_is_told_to_who_may_publish_all_of_it(publisher):
    call = publishable(Call, title_en="Secret call")
    plan = bundle_planned(bundle_of(call, publishable(Article)), publisher)
    Schedule.objects.filter(pk=plan.pk).update(problem="Secret call: not ready")
    client = of_articles_only()
    assert "Secret call" not in client.get("/admin/").content.decode()
    assert "Secret call" not in client.get(admin_url(plan.bundle)).content.decode()
    publishing = signed_in("Publisher")
    assert "Secret call" in publishing.get("/admin/").content.decode()
    assert "not ready" in publishing.get(admin_url(plan.bundle)).content.decode()


def test_adding_to_a_scheduled_bundle_warns(publisher):
    bundle = bundle_of(publishable(Article))
    bundle_planned(bundle, publisher)
    chosen = {"action": "add_to_bundle", "_selected_action": publishable(Call).pk}
    client = signed_in("Publisher")
    address = admin_url(Call, "changelist")
    page = client.post(address, {**chosen, "_chosen": "1", "bundle": bundle.pk}, follow=True)
    assert "Schedule it again" in page.content.decode()


# --- Addresses ------------------------------------------------------------------------------


def test_undone_address_leads_to_the_one_before(client):
    call = public(Call, slug="before")
    edit(call, slug="after")
    publish(item=call)
    undo_publish(item=call)
    assert client.get("/en/calls/before/").status_code == 200
    assert client.get("/en/calls/after/")["Location"] == "/en/calls/before/"
    unpublish(item=call)
    assert client.get("/en/calls/after/").status_code == 404
    assert client.get("/en/calls/before/").status_code == 404


def test_draft_never_published_leaves_no_redirect(client):
    call = public(Call, slug="live")
    edit(call, slug="draft")
    edit(call, slug="live")
    publish(item=call)
    assert client.get("/en/calls/draft/").status_code == 404


# --- Time zones -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed, instant",
    [("2030-10-27T02:30", "2030-10-27 00:30"), ("2030-03-31T03:00", "2030-03-31 01:00")],
)
def test_hour_that_comes_twice_is_the_first_and_the_gap_ends_where_it_does(typed, instant):
    call = publishable(Call)
    when = {"action": "publish", "at": typed, "timezone": "Europe/Brussels", "reason": "x"}
    assert signed_in().post(admin_url(call, "schedule"), when).status_code == 302
    assert f"{Schedule.objects.get().at:%Y-%m-%d %H:%M}" == instant


# --- Deleting -------------------------------------------------------------------------------


def test_deletion_does_not_tell_titles_of_a_type_that_one_may_not_view():
    initiative = publishable(Initiative)
    publishable(Call, title_en="Secret call", initiative=initiative)
    client = signed_in("Author")
    client.user.groups.clear()
    names = ["view_initiative", "delete_initiative"]
    client.user.user_permissions.set(Permission.objects.filter(codename__in=names))
    page = client.get(admin_url(initiative, "delete")).content.decode()
    assert "Call" in page
    assert "Secret call" not in page
    assert "Secret call" in signed_in().get(admin_url(initiative, "delete")).content.decode()
