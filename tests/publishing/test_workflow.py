"""Drafts of live content, merge, undo and restore: public state and history."""

import pytest

from calls.models import Call, KeyDate
from initiatives.models import Initiative, KeyFigure, Participation
from publishing import workflow
from publishing.models import Immutable, Revision
from publishing.revisions import snapshots
from publishing.workflow import Conflict, has_unpublished_changes, publish, save_draft
from tests import factories

pytestmark = pytest.mark.django_db

#: Query limit, set by calls, which have the most kinds of rows: six.
MOST_QUERIES = 36


def changed(item, **fields):
    """Return the snapshot of an editor who changes these columns."""
    data = snapshots.dump(workflow.draft_of(item))
    return {**data, "fields": {**data["fields"], **fields}}


def seen(item):
    return workflow.head(item).number


def edit(item, **fields):
    return save_draft(item=item, snapshot=changed(item, **fields), seen=seen(item))


def live_equals_last_published(item):
    return snapshots.dump_live(item) == Revision.objects.live(item).data


def test_snapshot_loads_to_the_same_snapshot():
    initiative = factories.published(Initiative, topics=[factories.topic()], budget=3)
    factories.participation(initiative, amount="8450000.00")
    KeyFigure.objects.create(initiative=initiative, value="76.2", label="x")
    data = snapshots.dump_live(initiative)
    assert snapshots.dump(snapshots.load(initiative, data)) == data
    import json

    assert json.loads(json.dumps(data)) == data


def test_draft_of_a_published_item_changes_nothing_that_is_public(client):
    call = factories.open_call(title_en="Old title")
    publish(item=call)
    edit(call, title_en="New title")
    page = client.get(call.get_absolute_url()).content.decode()
    assert "Old title" in page
    assert "New title" not in page
    assert workflow.draft_of(call).title_en == "New title"
    publish(item=call)
    assert "New title" in client.get(call.get_absolute_url()).content.decode()
    assert live_equals_last_published(call)


@pytest.mark.parametrize("model", factories.publishable_models())
def test_publishing_takes_a_bounded_number_of_queries(model, django_assert_max_num_queries):
    item = factories.draft(model)
    with django_assert_max_num_queries(MOST_QUERIES):
        publish(item=item)
    edit(item, summary_en="New")
    with django_assert_max_num_queries(MOST_QUERIES):
        publish(item=item)


def test_rows_of_a_draft_are_not_public_until_published():
    initiative = factories.published(Initiative)
    kept = factories.participation(initiative)
    gone = factories.participation(initiative)
    publish(item=initiative)
    data = changed(initiative)
    new = {
        "pk": snapshots.new_row_id(),
        "fields": dict(data["rows"]["participations"][0]["fields"]),
    }
    new["fields"]["note_en"] = "New"
    data["rows"]["participations"] = [new, data["rows"]["participations"][0]]
    save_draft(item=initiative, snapshot=data, seen=seen(initiative))
    assert {p.pk for p in Participation.objects.all()} == {kept.pk, gone.pk}
    publish(item=initiative)
    rows = list(Participation.objects.order_by("pk"))
    assert [row.note_en for row in rows] == ["", "New"] or [row.note_en for row in rows] == [
        None,
        "New",
    ]
    assert rows[0].pk == kept.pk
    assert live_equals_last_published(initiative)


def test_key_dates_of_a_draft_move_the_status_only_when_published():
    call = factories.open_call(days_left=3)
    publish(item=call)
    data = changed(call)
    deadline = next(
        r for r in data["rows"]["key_dates"] if r["fields"]["kind"] == "full-proposal"
    )
    deadline["fields"]["at"] = "2099-01-01T12:00:00+00:00"
    save_draft(item=call, snapshot=data, seen=seen(call))
    assert Call.objects.get().status == "closing_soon"
    publish(item=call)
    assert Call.objects.get().status == "open"
    assert KeyDate.objects.count() == 2


def test_changes_to_different_fields_merge():
    call = factories.published(Call)
    number = seen(call)
    mine = changed(call, summary_en="Mine")
    edit(call, reference="THEIRS")
    save_draft(item=call, snapshot=mine, seen=number)
    draft = workflow.draft_of(call)
    assert (draft.summary_en, draft.reference) == ("Mine", "THEIRS")


def test_changes_to_the_same_field_clash_and_nothing_is_lost():
    call = factories.published(Call)
    number = seen(call)
    mine = changed(call, summary_en="Mine")
    edit(call, summary_en="Theirs")
    with pytest.raises(Conflict) as clash:
        save_draft(item=call, snapshot=mine, seen=number)
    assert clash.value.paths == [("fields", "summary_en")]
    assert clash.value.theirs["fields"]["summary_en"] == "Theirs"
    assert clash.value.merged["fields"]["summary_en"] == "Mine"
    assert workflow.draft_of(call).summary_en == "Theirs"


def test_publishing_a_draft_keeps_what_a_script_has_changed_meanwhile():
    call = factories.published(Call)
    edit(call, summary_en="Edited")
    Call.objects.filter(pk=call.pk).update(reference="SCRIPT")
    publish(item=call)
    call.refresh_from_db()
    assert (call.summary_en, call.reference) == ("Edited", "SCRIPT")
    assert live_equals_last_published(call)


def test_publishing_a_draft_clashes_with_a_script_that_changed_the_same():
    call = factories.published(Call)
    edit(call, reference="EDITED")
    Call.objects.filter(pk=call.pk).update(reference="SCRIPT")
    with pytest.raises(Conflict):
        publish(item=call)
    call.refresh_from_db()
    assert call.reference == "SCRIPT"


def test_undo_brings_back_what_was_public_and_keeps_history():
    call = factories.published(Call, title_en="First")
    edit(call, title_en="Mistake")
    publish(item=call)
    workflow.undo_publish(item=call)
    call.refresh_from_db()
    assert call.title_en == "First"
    assert live_equals_last_published(call)
    titles = [r.title for r in Revision.objects.of(call).published()]
    assert titles == ["First", "Mistake", "First"]


def test_undo_of_the_first_publish_hides_the_item():
    call = factories.published(Call)
    workflow.undo_publish(item=call)
    call.refresh_from_db()
    assert not call.is_published


def test_undo_leaves_the_drafts_open_that_were_open():
    call = factories.published(Call, title_en="First")
    older = edit(call, title_en="Mistake")
    newer = edit(call, summary_en="Still to come")
    publish(item=call, revision=older)
    workflow.undo_publish(item=call)
    assert Revision.objects.open_draft(call) == newer
    assert has_unpublished_changes(call, newer)
    publish(item=call)
    call.refresh_from_db()
    assert call.summary_en == "Still to come"
    assert live_equals_last_published(call)


def test_discarded_draft_is_gone_for_the_next_editor():
    call = factories.published(Call, title_en="Public")
    edit(call, title_en="Draft")
    workflow.discard_draft(item=call)
    assert workflow.draft_of(call).title_en == "Public"
    edit(call, summary_en="Another")
    publish(item=call)
    call.refresh_from_db()
    assert (call.title_en, call.summary_en) == ("Public", "Another")


def test_any_version_can_be_restored_to_a_draft():
    call = factories.published(Call, title_en="One")
    first = Revision.objects.of(call).first()
    edit(call, title_en="Two")
    publish(item=call)
    workflow.restore(revision=first)
    assert workflow.draft_of(call).title_en == "One"
    call.refresh_from_db()
    assert call.title_en == "Two"


def test_version_that_refers_to_what_is_gone_is_restored_without_it():
    initiative = factories.published(Initiative, topics=[factories.topic(slug="gone")])
    factories.participation(initiative, organisation=factories.organisation(slug="gone"))
    publish(item=initiative)
    old = Revision.objects.of(initiative).first()
    data = changed(initiative)
    data["links"]["topics"], data["rows"]["participations"] = [], []
    save_draft(item=initiative, snapshot=data, seen=seen(initiative))
    publish(item=initiative)
    from initiatives.models import Organisation
    from publishing.models import Topic

    Organisation.objects.all().delete()
    Topic.objects.all().delete()
    workflow.restore(revision=old)
    publish(item=initiative)
    assert live_equals_last_published(initiative)


def test_drafts_go_on_after_one_of_them_was_published():
    initiative = factories.published(Initiative)
    data = changed(initiative)
    row = {"qualifier": "", "value": "1.00", "unit_en": "", "label_en": "A", "position": 0}
    fields = {
        f.attname for f in snapshots.row_fields(Initiative._meta.get_field("key_figures"))
    }
    row = {**dict.fromkeys(fields, ""), **row, "as_of_on": None}
    data["rows"]["key_figures"] = [{"pk": snapshots.new_row_id(), "fields": row}]
    first = save_draft(item=initiative, snapshot=data, seen=seen(initiative))
    edit(initiative, summary_en="Later")
    publish(item=initiative, revision=first)
    figure = KeyFigure.objects.get()
    initiative.refresh_from_db()
    assert not initiative.summary_en
    assert workflow.draft_of(initiative).key_figures.all()[0].pk == figure.pk
    publish(item=initiative)
    assert KeyFigure.objects.get() == figure
    initiative.refresh_from_db()
    assert initiative.summary_en == "Later"
    assert live_equals_last_published(initiative)


def test_deleted_item_can_be_brought_back_with_its_rows():
    call = factories.open_call(title_en="Precious")
    publish(item=call)
    pk = call.pk
    workflow.record_deletion(call)
    call.delete()
    deleted = Revision.objects.filter(kind="deleted").get()
    back = workflow.restore_deleted(revision=deleted)
    assert (back.pk, back.title_en, back.key_dates.count()) == (pk, "Precious", 2)
    assert not back.is_published


def test_history_cannot_be_changed():
    revision = Revision.objects.of(factories.published(Call)).first()
    for attempt in (
        revision.save,
        revision.delete,
        Revision.objects.all().delete,
        lambda: Revision.objects.update(title="x"),
    ):
        with pytest.raises(Immutable):
            attempt()
