"""Scheduled publishing and unpublishing, alone and in bundles."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from calls.models import Call
from initiatives.models import Initiative
from news.models import Article
from publishing.checks import NotReady
from publishing.models import Bundle, BundleItem, Revision, Schedule
from publishing.revisions import snapshots
from publishing.workflow import (
    FIRST_RETRY_DELAY,
    cancel,
    discard_draft,
    draft_of,
    publish,
    publish_bundle,
    publish_due,
    save_draft,
    schedule,
    schedule_bundle,
)
from tests.factories import publishable as draft
from tests.factories import publishable_models
from tests.staff import admin_url, form_at, member, signed_in, submitted

pytestmark = pytest.mark.django_db
every_type = pytest.mark.parametrize("model", publishable_models(), ids=lambda m: m.__name__)


@pytest.fixture
def publisher():
    return member("Publisher")


def edit(item, **fields):
    """Save a draft with these columns changed. Return the revision."""
    snapshot = snapshots.dump(draft_of(item))
    snapshot["fields"] |= fields
    newest = Revision.objects.of(item).first()
    return save_draft(item=item, snapshot=snapshot, seen=newest and newest.number)


def published(model, **fields):
    return publish(item=draft(model, **fields))


def plan(item, by, *, days=1, **options):
    at = timezone.now() + timedelta(days=days)
    options = {"reason": "Agreed", **options}
    return schedule(item=item, at=at, timezone="Europe/Brussels", by=by, **options)


def pass_days(days):
    return publish_due(timezone.now() + timedelta(days=days, minutes=1))


def live(item):
    return type(item)._base_manager.get(pk=item.pk)


@every_type
def test_draft_goes_live_at_its_time_and_no_sooner(model, publisher):
    item = published(model, title_en="Now")
    edit(item, title_en="Then")
    plan(item, publisher)
    assert publish_due() == 0
    assert live(item).title_en == "Now"
    assert pass_days(1) == 1
    assert live(item).title_en == "Then"


@every_type
def test_what_was_never_public_is_published_at_its_time(model, publisher):
    item = draft(model, title_en="New")
    plan(item, publisher)
    edit(item, title_en="Half-writ")
    assert pass_days(1) == 1
    assert live(item).is_published
    assert live(item).title_en == "New"
    assert draft_of(live(item)).title_en == "Half-writ"


@every_type
def test_item_expires_at_its_time(model, publisher):
    item = published(model)
    plan(item, publisher, action=Schedule.Action.UNPUBLISH)
    pass_days(1)
    assert not live(item).is_published


@every_type
def test_who_may_not_publish_cannot_schedule_or_cancel(model, publisher):
    item = published(model)
    edit(item, title_en="Then")
    with pytest.raises(PermissionDenied):
        plan(item, member("Editor"))
    planned = plan(item, publisher)
    with pytest.raises(PermissionDenied):
        cancel(schedule=planned, by=member("Editor"))
    assert Schedule.objects.waiting().count() == 1


def test_several_versions_wait_and_editing_goes_on(publisher):
    item = published(Call, title_en="0")
    for day in (1, 2):
        edit(item, title_en=str(day))
        plan(item, publisher, days=day)
    edit(item, title_en="Unfinished")
    assert pass_days(1) == 1
    assert live(item).title_en == "1"
    assert pass_days(2) == 1
    assert live(item).title_en == "2"
    assert draft_of(live(item)).title_en == "Unfinished"


def test_a_later_draft_published_first_is_not_taken_back(publisher):
    item = published(Call, title_en="0")
    edit(item, title_en="Later")
    plan(item, publisher, days=2)
    edit(item, title_en="Sooner")
    plan(item, publisher, days=1)
    pass_days(3)
    assert live(item).title_en == "Sooner"
    assert not Schedule.objects.waiting().exists()


def test_what_was_published_by_hand_is_not_published_again(publisher):
    item = published(Call)
    edit(item, title_en="Then")
    plan(item, publisher)
    publish(item=item)
    versions = Revision.objects.of(item).published().count()
    assert pass_days(1) == 1
    assert Revision.objects.of(item).published().count() == versions


def test_discarding_a_later_draft_does_not_touch_the_schedule(publisher):
    item = published(Call, title_en="0")
    edit(item, title_en="Planned")
    plan(item, publisher)
    edit(item, title_en="Given up")
    discard_draft(item=item)
    pass_days(1)
    assert live(item).title_en == "Planned"


def test_cancelled_schedule_does_nothing(publisher):
    item = published(Call)
    planned = plan(item, publisher, action=Schedule.Action.UNPUBLISH)
    cancel(schedule=planned, by=publisher)
    assert pass_days(1) == 0
    assert live(item).is_published
    with pytest.raises(ValidationError, match="already"):
        cancel(schedule=planned, by=publisher)


def test_past_and_pointless_times_are_refused(publisher):
    item = published(Call)
    with pytest.raises(ValidationError, match="no draft"):
        plan(item, publisher)
    edit(item, title_en="Then")
    with pytest.raises(ValidationError, match="time in the future"):
        plan(item, publisher, days=-1)
    with pytest.raises(ValidationError, match="not published"):
        plan(draft(Call), publisher, action=Schedule.Action.UNPUBLISH)


def test_note_and_reason_reach_the_history(publisher):
    item = published(Call)
    edit(item, title_en="Then")
    plan(item, publisher, reason="Agreed", change_note={"en": "New title"})
    pass_days(1)
    version = Revision.objects.of(item).published().first()
    assert (version.reason, version.change_note_en) == ("Agreed", "New title")
    assert version.author == publisher


def test_failure_is_kept_retried_and_told_and_holds_up_nobody(
    publisher, django_capture_on_commit_callbacks
):
    publisher.email = "publisher@example.org"
    publisher.save()
    broken, sound = published(Call, title_en="Broken"), published(Call)
    edit(broken, title_en="Mine")
    edit(sound, title_en="Sound")
    plan(broken, publisher), plan(sound, publisher)
    Call.objects.filter(pk=broken.pk).update(title_en="Theirs")
    later = timezone.now() + timedelta(days=1, minutes=1)
    with django_capture_on_commit_callbacks(execute=True):
        assert publish_due(later) == 1
    assert live(sound).title_en == "Sound"
    failed = Schedule.objects.failed().get()
    assert "Title" in failed.problem
    assert failed.next_try_at == later + FIRST_RETRY_DELAY
    assert mail.outbox[0].to == ["publisher@example.org"]
    assert failed.problem in mail.outbox[0].body
    with django_capture_on_commit_callbacks(execute=True):
        assert publish_due(later + FIRST_RETRY_DELAY) == 0
    assert len(mail.outbox) == 1
    Call.objects.filter(pk=broken.pk).update(title_en="Broken")
    assert publish_due(later + timedelta(days=1)) == 1
    assert live(broken).title_en == "Mine"


@pytest.mark.parametrize("change", [{"is_active": False}, None])
def test_nothing_is_published_for_who_has_left(publisher, change):
    item = published(Call)
    edit(item, title_en="Then")
    plan(item, publisher)
    if change:
        type(publisher).objects.filter(pk=publisher.pk).update(**change)
    else:
        publisher.delete()
    assert pass_days(1) == 0
    assert "no longer allowed to publish" in Schedule.objects.failed().get().problem


def bundle_of(*items):
    bundle = Bundle.objects.create(title="Announcement")
    for item in items:
        BundleItem.objects.create(bundle=bundle, item=item)
    return bundle


def test_bundle_goes_public_as_a_whole(publisher):
    items = [draft(Initiative), draft(Call), draft(Article)]
    changed, unchanged = published(Call, title_en="0"), published(Call)
    edit(changed, title_en="1")
    bundle = bundle_of(*items, changed, unchanged)
    publish_bundle(bundle=bundle, by=publisher, reason="Agreed")
    assert all(live(item).is_published for item in items)
    assert live(changed).title_en == "1"
    assert Revision.objects.of(unchanged).published().count() < 2
    assert bundle.published_at


def test_bundle_with_a_fault_stays_back_as_a_whole(publisher):
    good, bad = draft(Initiative), published(Call, title_en="Bad")
    edit(bad, title_en="Mine")
    Call.objects.filter(pk=bad.pk).update(title_en="Theirs")
    with pytest.raises(ValidationError, match="Theirs: Someone else"):
        publish_bundle(bundle=bundle_of(good, bad), by=publisher, reason="Agreed")
    assert not live(good).is_published


def test_scheduled_bundle_publishes_what_was_there_when_it_was_scheduled(publisher):
    new, changed = draft(Article, title_en="New"), published(Call, title_en="0")
    edit(changed, title_en="1")
    at = timezone.now() + timedelta(days=1)
    bundle = bundle_of(new, changed)
    for _twice in range(2):
        schedule_bundle(bundle=bundle, at=at, timezone="UTC", by=publisher, reason="Agreed")
    edit(changed, title_en="Unfinished")
    assert pass_days(1) == 1
    assert live(new).is_published
    assert live(changed).title_en == "1"


def test_bundle_needs_the_right_to_publish_each_item():
    bundle = bundle_of(draft(Article))
    for action in (
        lambda by: publish_bundle(bundle=bundle, by=by),
        lambda by: schedule_bundle(bundle=bundle, at=timezone.now(), timezone="UTC", by=by),
    ):
        with pytest.raises(PermissionDenied):
            action(member("Editor"))


def test_empty_bundles_and_deleted_items_are_named(publisher):
    with pytest.raises(ValidationError, match="This bundle is empty"):
        publish_bundle(bundle=bundle_of(), by=publisher)
    item = draft(Article)
    bundle = bundle_of(item)
    item.delete()
    with pytest.raises(ValidationError, match="deleted"):
        publish_bundle(bundle=bundle, by=publisher)


def test_what_is_not_ready_cannot_be_scheduled(publisher):
    item = published(Article)
    edit(item, title_en="Then")
    with pytest.raises(NotReady):
        plan(item, publisher, reason="")
    edit(item, body_en='<p><a href="">Nowhere</a></p>')
    with pytest.raises(NotReady):
        plan(item, publisher)
    assert not Schedule.objects.exists()


def test_bundle_that_is_not_ready_is_neither_published_nor_scheduled(publisher):
    item = draft(Article, title_en="Alone")
    bundle = bundle_of(item)
    at = timezone.now() + timedelta(days=1)
    with pytest.raises(ValidationError, match="Alone: Title .French.: There is no French"):
        publish_bundle(bundle=bundle, by=publisher)
    with pytest.raises(ValidationError, match="Alone: Title .French.: There is no French"):
        schedule_bundle(bundle=bundle, at=at, timezone="UTC", by=publisher)
    schedule_bundle(bundle=bundle, at=at, timezone="UTC", by=publisher, reason="Agreed")
    assert not live(item).is_published
    assert bundle.published_at is None


def test_items_of_a_bundle_may_link_to_each_other(publisher, settings):
    settings.LANGUAGES = [("en", "English")]
    first, second = draft(Article), draft(Article)
    for item, other in ((first, second), (second, first)):
        edit(item, body_en=f'<p><a href="{other.get_absolute_url()}">The other</a></p>')
    with pytest.raises(NotReady, match="can't see yet"):
        publish(item=first, by=publisher)
    publish_bundle(bundle=bundle_of(first, second), by=publisher)
    assert live(first).is_published


# --- In the admin -----------------------------------------------------------------------


def schedule_url(item):
    return admin_url(item, "schedule")


def times(days=1, **fields):
    at = timezone.now() + timedelta(days=days)
    typed = {"at": at.strftime("%Y-%m-%dT%H:%M"), "timezone": "UTC", "action": "publish"}
    return typed | fields


@every_type
def test_publisher_schedules_what_is_typed(model):
    client = signed_in("Publisher")
    item = published(model, title_en="Now")
    form = submitted(form_at(client, admin_url(item)), title_en="Then", _schedule="1")
    response = client.post(admin_url(item), form)
    assert response.url == schedule_url(item)
    assert "Version 2" in client.get(response.url).text
    response = client.post(schedule_url(item), times(note_en="A new title", reason="Agreed"))
    assert response.url == schedule_url(item)
    page = client.get(response.url).text
    assert "Nothing is scheduled" not in page
    assert "version 2" in client.get(admin_url(item)).text
    assert "Going live this week" in client.get("/admin/").text
    pass_days(2)
    assert live(item).title_en == "Then"
    assert "A new title" in client.get(item.get_absolute_url()).text


@pytest.mark.parametrize("role", ["Author", "Editor"])
def test_who_may_not_publish_sees_no_schedule_page(role):
    item = published(Call)
    client = signed_in(role)
    assert client.get(schedule_url(item)).status_code == 403
    assert client.post(schedule_url(item), times(action="unpublish")).status_code == 403
    assert "_schedule" not in client.get(admin_url(item)).text
    assert not Schedule.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"at": ""}, "at"),
        ({"at": "yesterday\0"}, "at"),
        ({"at": "9" * 23}, "at"),
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"at": "2027-03-28T02:30", "timezone": "Europe/Brussels"}, "at"),
        ({"at": "2001-01-01T10:00"}, "at"),
        ({"action": "explode"}, "action"),
        ({"note_en": "x" * 301}, "note_en"),
    ],
)
def test_bad_times_are_told_at_their_field_and_nothing_typed_is_lost(typed, field):
    item = published(Call)
    client = signed_in("Publisher")
    edit(item, title_en="Then")
    response = client.post(schedule_url(item), times(reason="Agreed", **typed))
    assert field in response.context["errors"]
    assert 'value="Agreed"' in response.text
    assert not Schedule.objects.exists()


def test_schedule_is_cancelled_on_its_page_only_of_its_item():
    client = signed_in("Publisher")
    item, other = published(Call), published(Call)
    planned = plan(item, client.user, action=Schedule.Action.UNPUBLISH)
    for key in (str(planned.pk), "x", "9" * 23, "-1"):
        assert client.post(schedule_url(other), {"_cancel": key}).status_code == 404
    client.post(schedule_url(item), {"_cancel": planned.pk})
    assert not Schedule.objects.waiting().exists()
    assert "Schedule cancelled" in client.get(schedule_url(item)).text


def test_failure_is_shown_on_the_start_page_and_the_form(publisher):
    item = published(Call)
    edit(item, title_en="Then")
    plan(item, publisher)
    type(publisher).objects.filter(pk=publisher.pk).update(is_active=False)
    pass_days(1)
    client = signed_in("Publisher")
    for address in ("/admin/", schedule_url(item)):
        assert "no longer allowed to publish it" in client.get(address).text


def fill(client, *items, **chosen):
    for item in items:
        data = {"action": "add_to_bundle", "_selected_action": item.pk}
        page = client.post(admin_url(type(item), "changelist"), data)
        assert str(item) in page.text
        response = client.post(
            admin_url(type(item), "changelist"), data | {"_chosen": "1"} | chosen
        )
        assert response.status_code == 302
        bundle = Bundle.objects.get()
        chosen = {"bundle": bundle.pk}
    return bundle


def test_ticked_items_of_several_lists_are_published_together():
    client = signed_in("Publisher")
    items = [draft(Initiative, title_en="I"), draft(Call, title_en="C")]
    bundle = fill(client, *items, title="Launch")
    page = client.get(admin_url(bundle)).text
    assert all(str(item) in page for item in items)
    typed = {"title": "Launch", "_reason": "Agreed", "_publish": "1"}
    response = client.post(admin_url(bundle), typed, follow=True)
    assert "public now" in response.text
    assert all(live(item).is_published for item in items)


def test_refused_bundle_comes_back_with_the_findings_of_each_item():
    items = [draft(Article, title_en="One"), draft(Article, title_en="Two")]
    edit(items[0], body_en='<p><a href="">Nowhere</a></p>')
    bundle = bundle_of(*items)
    typed = {"title": "Renamed", "_reason": "Agreed", "_publish": "1"}
    response = signed_in("Publisher").post(admin_url(bundle), typed)
    assert response.context["adminform"].form["title"].value() == "Renamed"
    assert "Fix the following first" in response.text
    assert 'name="_reason" value="Agreed"' in response.text
    assert f'href="{admin_url(items[0])}#id_body_en"' in response.text
    first, second = response.context["entries"]
    assert {finding.level for finding in first["save_error"].findings} == {"error", "warning"}
    assert second["save_error"] is None
    bundle.refresh_from_db()
    assert bundle.title == "Announcement"
    typed["_reason"] = ""
    for item in items:
        edit(item, body_en="")
    response = signed_in("Publisher").post(admin_url(bundle), typed)
    assert "Publishing this requires a reason." in response.text
    assert all(entry["save_error"].needs_reason_only for entry in response.context["entries"])


def test_bundle_is_scheduled_and_items_are_taken_out():
    client = signed_in("Publisher")
    items = [draft(Article), draft(Article)]
    bundle = fill(client, *items, title="Launch")
    client.post(admin_url(bundle, "schedule"), times(reason="Agreed"))
    assert "Scheduled" in client.get(admin_url(Bundle, "changelist")).text
    assert "Launch" in client.get("/admin/").text
    entry = bundle.items.last()
    client.post(admin_url(bundle), {"title": "Renamed", "_take_out": entry.pk})
    bundle.refresh_from_db()
    assert bundle.title == "Renamed"
    pass_days(2)
    assert [live(item).is_published for item in items] == [True, False]


def test_bundle_needs_a_name_and_a_reader_of_bundles():
    item = draft(Article)
    data = {"action": "add_to_bundle", "_selected_action": item.pk, "_chosen": "1"}
    page = signed_in("Publisher").post(admin_url(Article, "changelist"), data)
    assert "enter a title for a new one" in page.text
    bundle = bundle_of(item)
    editor = signed_in("Editor")
    editor.post(admin_url(Article, "changelist"), data | {"bundle": bundle.pk})
    for view in ("change", "schedule"):
        assert editor.post(admin_url(bundle, view), {"_publish": "1"}).status_code == 403
    assert not live(item).is_published


def test_where_reviews_are_required_only_what_is_approved_is_scheduled(publisher, settings):
    settings.REVIEW_REQUIRED = True
    item = published(Call)
    edit(item, title_en="Then")
    with pytest.raises(ValidationError, match="must approve"):
        plan(item, publisher)
    plan(item, publisher, action=Schedule.Action.UNPUBLISH)
