"""Snapshots: content, differences, three-way merges, and writing to the tables."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from accounts.models import User
from calls.models import Call, KeyDate
from initiatives.models import Initiative, KeyFigure, Participation
from news.models import Article
from publishing.models import Topic
from publishing.revisions import snapshots
from tests import factories


def snapshot(fields=None, links=None, rows=None):
    return {"fields": fields or {}, "links": links or {}, "rows": rows or {}}


def row(pk, **fields):
    return {"pk": pk, "fields": fields}


# --- Differences ----------------------------------------------------------------------------


def test_equal_snapshots_have_no_differences():
    one = snapshot({"title": "A"}, {"topics": [1]}, {"dates": [row(1, note="x"), row(2)]})
    assert snapshots.diff(one, one) == []


def test_fields_differ_by_their_values():
    old = snapshot({"title": "A", "gone": 1, "same": 2})
    new = snapshot({"title": "B", "new": 3, "same": 2})
    assert snapshots.diff(old, new) == [
        (("fields", "title"), "A", "B"),
        (("fields", "gone"), 1, None),
        (("fields", "new"), None, 3),
    ]


def test_links_that_one_side_lacks_count_as_empty():
    old = snapshot(links={"topics": [1], "gone": [2], "empty": []})
    new = snapshot(links={"topics": [1, 3], "new": [4]})
    assert snapshots.diff(old, new) == [
        (("links", "topics"), [1], [1, 3]),
        (("links", "gone"), [2], []),
        (("links", "new"), [], [4]),
    ]


def test_rows_differ_by_columns_and_by_what_was_added_or_removed():
    old = snapshot(rows={"dates": [row(1, note="x", old=1, same=5), row(2, note="y")]})
    new = snapshot(rows={"dates": [row(1, note="z", new=2, same=5), row(3, note="w")]})
    assert snapshots.diff(old, new) == [
        (("rows", "dates", 1, "note"), "x", "z"),
        (("rows", "dates", 1, "old"), 1, None),
        (("rows", "dates", 1, "new"), None, 2),
        (("rows", "dates", 2), {"note": "y"}, None),
        (("rows", "dates", 3), None, {"note": "w"}),
    ]


def test_relation_that_one_side_lacks_has_no_rows_there():
    with_rows = snapshot(rows={"dates": [row(1, note="x")]})
    assert snapshots.diff(snapshot(), with_rows) == [
        (("rows", "dates", 1), None, {"note": "x"})
    ]
    assert snapshots.diff(with_rows, snapshot()) == [
        (("rows", "dates", 1), {"note": "x"}, None)
    ]


def test_order_differs_only_if_common_rows_were_moved():
    old = snapshot(rows={"dates": [row(1), row(2), row(4)]})
    moved = snapshot(rows={"dates": [row(3), row(2), row(1)]})
    assert (("rows", "dates", None), [1, 2], [2, 1]) in snapshots.diff(old, moved)
    inserted = snapshot(rows={"dates": [row(3), row(1), row(2)]})
    assert {change[0] for change in snapshots.diff(old, inserted)} == {
        ("rows", "dates", 3),
        ("rows", "dates", 4),
    }


# --- Merges ---------------------------------------------------------------------------------


def merged_fields(base, theirs, mine):
    merged, clashes = snapshots.merge(*(snapshot({"f": v}) for v in (base, theirs, mine)))
    return merged["fields"]["f"], clashes


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "result"),
    [(1, 1, 1, 1), (1, 2, 1, 2), (1, 1, 2, 2), (1, 2, 2, 2), (None, 1, None, 1)],
)
def test_change_of_one_side_is_kept(base, theirs, mine, result):
    assert merged_fields(base, theirs, mine) == (result, [])


def test_different_changes_of_a_field_clash_and_mine_is_kept():
    assert merged_fields(1, 2, 3) == (3, [("fields", "f")])


def test_field_that_the_base_or_theirs_lacks_is_taken_from_mine():
    merged, clashes = snapshots.merge(snapshot(), snapshot(), snapshot({"f": 1}))
    assert (merged["fields"], clashes) == ({"f": 1}, [])


def test_links_added_and_removed_by_both_sides_are_combined():
    base, theirs, mine = (
        snapshot(links={"topics": keys}) for keys in ([1, 2, 3], [2, 3, 4], [1, 3, 5])
    )
    merged, clashes = snapshots.merge(base, theirs, mine)
    assert (merged["links"], clashes) == ({"topics": [3, 4, 5]}, [])


def test_links_that_the_base_and_theirs_lack_are_kept():
    merged, _clashes = snapshots.merge(snapshot(), snapshot(), snapshot(links={"t": [2, 1]}))
    assert merged["links"] == {"t": [1, 2]}


def merged_rows(base, theirs, mine):
    sides = (snapshot(rows={"dates": rows}) for rows in (base, theirs, mine))
    merged, clashes = snapshots.merge(*sides)
    return merged["rows"]["dates"], clashes


def test_changes_to_different_columns_of_a_row_merge():
    base, theirs, mine = [row(1, a=1, b=1)], [row(1, a=2, b=1)], [row(1, a=1, b=3)]
    assert merged_rows(base, theirs, mine) == ([row(1, a=2, b=3)], [])


def test_different_changes_to_a_column_of_a_row_clash():
    result = merged_rows([row(1, a=1)], [row(1, a=2)], [row(1, a=3)])
    assert result == ([row(1, a=3)], [("rows", "dates", 1, "a")])


def test_row_added_by_both_sides_clashes_only_where_it_differs():
    result = merged_rows([], [row(1, a=1, b=2)], [row(1, a=1, b=3)])
    assert result == ([row(1, a=1, b=3)], [("rows", "dates", 1, "b")])


def test_column_that_the_base_and_theirs_lack_is_taken_from_mine():
    assert merged_rows([row(1)], [row(1)], [row(1, a=1)]) == ([row(1, a=1)], [])


def test_rows_added_by_either_side_are_kept_without_a_clash():
    base, theirs, mine = [row(1)], [row(1), row(2, a=1)], [row(1), row(3, a=2)]
    assert merged_rows(base, theirs, mine) == ([row(1), row(2, a=1), row(3, a=2)], [])


def test_row_that_one_side_deleted_and_the_other_left_alone_is_gone():
    both = [row(1, a=1), row(2, a=1)]
    assert merged_rows(both, [row(2, a=1)], both) == ([row(2, a=1)], [])
    assert merged_rows(both, both, [row(2, a=1)]) == ([row(2, a=1)], [])


def test_row_changed_by_one_side_and_deleted_by_the_other_stays_and_clashes():
    base, changed = [row(1, a=1), row(2)], [row(1, a=2), row(2)]
    clash = [("rows", "dates", 1)]
    assert merged_rows(base, changed, [row(2)]) == ([row(1, a=2), row(2)], clash)
    assert merged_rows(base, [row(2)], changed) == ([row(2), row(1, a=2)], clash)


def test_deletion_leaves_the_rows_after_it_alone():
    base = [row(1), row(2, a=1), row(3)]
    rows, clashes = merged_rows(base, [row(2, a=1), row(3)], [row(1), row(2, a=4), row(3)])
    assert (rows, clashes) == ([row(2, a=4), row(3)], [])


def keys(rows):
    return [each["pk"] for each in rows[0]]


def test_order_is_theirs_unless_mine_moved_rows():
    base, swapped = [row(1), row(2), row(3)], [row(2), row(1), row(3)]
    assert keys(merged_rows(base, swapped, base)) == [2, 1, 3]
    assert keys(merged_rows(base, base, swapped)) == [2, 1, 3]
    mine = [row(1), row(3), row(2), row(-1)]
    assert keys(merged_rows(base, [*swapped, row(4)], mine)) == [1, 3, 2, -1, 4]


def test_rows_inserted_by_mine_do_not_count_as_moved():
    base, theirs = [row(1), row(2)], [row(2), row(1)]
    assert keys(merged_rows(base, theirs, [row(-1), row(1), row(2)])) == [2, 1, -1]


def test_rows_of_a_relation_that_a_side_lacks_are_kept():
    empty, full = snapshot(), snapshot(rows={"dates": [row(1)]})
    assert snapshots.merge(empty, full, empty)[0]["rows"] == {"dates": [row(1)]}
    assert snapshots.merge(empty, empty, full)[0]["rows"] == {"dates": [row(1)]}
    assert snapshots.merge(full, full, empty)[0]["rows"] == {"dates": []}


def test_merge_of_equal_snapshots_is_the_snapshot_itself():
    one = snapshot({"title": "A"}, {"topics": [1]}, {"dates": [row(1, note="x")]})
    assert snapshots.merge(one, one, one) == (one, [])


# --- Primary keys of rows that were published since -------------------------------------------


def test_renumbered_rows_get_the_keys_that_they_were_published_with():
    draft = snapshot({"f": 1}, {"l": [1]}, {"dates": [row(-5, a=1), row(2)], "more": [row(-5)]})
    rows = {"dates": [row(9, a=1), row(2)], "more": [row(-5)]}
    renumbered = snapshots.renumber(draft, {"dates": {"-5": 9, "7": 8}})
    assert renumbered == snapshot({"f": 1}, {"l": [1]}, rows)


def test_unpublished_rows_get_different_negative_keys():
    ids = {snapshots.new_row_id() for _number in range(50)}
    assert len(ids) == 50
    assert all(-(2**52) <= each <= -1 for each in ids)
    assert min(ids) < -(2**40)


# --- Content of models ------------------------------------------------------------------------


def test_content_has_a_column_per_language_and_no_columns_of_the_portal():
    names = {field.name for field in snapshots.content_fields(Article)}
    assert {"title_en", "title_fr", "title_nl", "slug", "published_on"} <= names
    assert not {"id", "title", "state", "first_published_at", "updated_at"} & names


def test_content_of_a_model_without_translations_has_its_plain_columns():
    names = {field.name for field in snapshots.content_fields(User)}
    assert {"username", "display_name"} <= names
    assert "id" not in names


def test_rows_and_links_are_those_that_the_model_declares():
    assert [relation.name for relation in snapshots.row_relations(Article)] == ["links"]
    assert snapshots.row_relations(Topic) == []
    assert "topics" in {field.name for field in snapshots.link_fields(Article)}


def test_columns_of_a_row_leave_out_its_item():
    [relation] = [each for each in snapshots.row_relations(Call) if each.name == "key_dates"]
    names = {field.name for field in snapshots.row_fields(relation)}
    assert "call" not in names
    assert {"at", "kind"} <= names


# --- Dumping and loading ------------------------------------------------------------------


pytestmark = pytest.mark.django_db


def initiative():
    """Return an initiative with a row of each kind that has values of many types."""
    item = factories.draft(Initiative, budget=3, topics=[factories.topic(), factories.topic()])
    factories.participation(item, amount="8450000.00", starts_on=date(2026, 3, 1))
    KeyFigure.objects.create(initiative=item, value="76.2", label_en="x")
    return item


def test_snapshot_has_json_values_in_one_form():
    item = initiative()
    data = snapshots.dump(item)
    [figures] = data["rows"]["participations"]
    assert figures["pk"] == item.participations.get().pk
    assert figures["fields"]["starts_on"] == "2026-03-01"
    assert figures["fields"]["ends_on"] is None
    assert figures["fields"]["amount"] == "8450000.00"
    assert figures["fields"]["organisation_id"] == item.participations.get().organisation_id
    assert data["links"]["topics"] == sorted(topic.pk for topic in Topic.objects.all())
    assert data["fields"]["title_fr"] == ""
    assert data["fields"]["lead_image_id"] is None


def test_amounts_and_instants_that_are_equal_have_equal_values():
    item = initiative()
    call = factories.draft(Call)
    at = datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    one = KeyDate(call=call, kind="opening", at=at)
    [dates] = [each for each in snapshots.row_relations(Call) if each.name == "key_dates"]
    assert snapshots.dump_row(one, dates)["fields"]["at"] == "2026-03-01T10:00:00+00:00"
    parts = next(
        each for each in snapshots.row_relations(Initiative) if each.name == "participations"
    )
    amounts = [
        snapshots.dump_row(Participation(initiative=item, amount=Decimal(text)), parts)
        for text in ("5", "5.00")
    ]
    assert [each["fields"]["amount"] for each in amounts] == ["5.00", "5.00"]
    assert all(each["pk"] < 0 for each in amounts)


def test_snapshot_of_the_stored_item_ignores_what_is_only_in_memory():
    item = initiative()
    item.title_en, stored = "In memory", item.title_en
    assert snapshots.dump(item)["fields"]["title_en"] == "In memory"
    assert snapshots.dump_live(item)["fields"]["title_en"] == stored


def test_loaded_item_has_the_links_and_rows_of_the_snapshot_without_queries():
    item = initiative()
    data = snapshots.dump_live(item)
    data["fields"]["title_en"] = "Loaded"
    data["links"]["topics"] = data["links"]["topics"][1:]
    figure = {**data["rows"]["key_figures"][0]["fields"], "label_en": "new"}
    data["rows"]["key_figures"].append(row(-7, **figure))
    loaded = snapshots.load(item, data)
    assert (loaded.pk, loaded.title_en, loaded.state) == (item.pk, "Loaded", item.state)
    assert [topic.pk for topic in loaded.topics.all()] == data["links"]["topics"]
    saved, new = loaded.key_figures.all()
    assert (saved.label_en, saved._state.adding) == ("x", False)
    assert (new.label_en, new._state.adding, new.pk) == ("new", True, -7)
    assert new.initiative is loaded
    assert new._state.db == saved._state.db == "default"
    with connection.execute_wrapper(refuse_queries):
        [participation] = loaded.participations.all()
        assert participation.organisation.name_en
        assert len(loaded.topics.all()) == 1
    assert snapshots.dump(loaded) == data


def refuse_queries(*_args):
    pytest.fail("what is loaded needs another query")


def test_snapshot_made_before_a_field_existed_leaves_that_field_as_it_is():
    item = factories.draft(Article, title_en="Kept", summary_en="Kept")
    data = snapshots.dump_live(item)
    del data["fields"]["summary_en"], data["links"]["topics"], data["rows"]["links"]
    data["fields"]["title_en"] = "New"
    loaded = snapshots.load(item, data)
    assert (loaded.title_en, loaded.summary_en) == ("New", "Kept")
    assert (list(loaded.topics.all()), list(loaded.links.all())) == ([], [])


def test_untranslated_text_is_loaded_as_in_a_row_that_was_never_edited():
    item = factories.draft(Article)
    assert snapshots.load(item, snapshots.dump_live(item)).title_fr is None


# --- References -----------------------------------------------------------------------------


def test_references_name_fields_links_and_columns_of_rows():
    item = initiative()
    data = snapshots.dump_live(item)
    participation = item.participations.get()
    found = {(place, key) for place, _model, key in snapshots.references(Initiative, data)}
    assert {(("links", "topics"), key) for key in data["links"]["topics"]} <= found
    place = ("rows", "participations", participation.pk, "organisation_id")
    assert (place, participation.organisation_id) in found
    assert not any(key is None for _place, key in found)


def test_missing_references_are_those_to_deleted_objects():
    item = initiative()
    data = snapshots.dump_live(item)
    gone, _kept = Topic.objects.order_by("pk")
    key = gone.pk
    assert snapshots.missing(Initiative, data) == []
    gone.delete()
    data["fields"]["lead_image_id"] = 12345
    data["rows"]["participations"][0]["fields"]["organisation_id"] = 54321
    pk = data["rows"]["participations"][0]["pk"]
    found = [(place, gone) for place, _model, gone in snapshots.missing(Initiative, data)]
    assert found == [
        (("fields", "lead_image_id"), 12345),
        (("links", "topics"), key),
        (("rows", "participations", pk, "organisation_id"), 54321),
    ]


def test_references_of_a_snapshot_without_some_columns_are_the_others():
    data = snapshots.dump_live(initiative())
    del data["fields"]["lead_image_id"], data["links"]["topics"], data["rows"]["relations"]
    del data["rows"]["participations"][0]["fields"]["organisation_id"]
    assert list(snapshots.references(Initiative, data)) == []


# --- Writing to the tables ------------------------------------------------------------------


def test_applied_snapshot_is_what_the_tables_contain():
    item = initiative()
    data = snapshots.dump_live(item)
    first = data["rows"]["key_figures"][0]
    data["fields"]["title_en"] = "Applied"
    data["links"]["topics"] = data["links"]["topics"][:1]
    data["rows"]["key_figures"] = [row(-7, **first["fields"] | {"label_en": "new"}), first]
    data["rows"]["participations"] = []
    live, applied, new_ids = snapshots.apply(item, data)
    new = KeyFigure.objects.get(label_en="new")
    assert new_ids == {"key_figures": {"-7": new.pk}}
    assert applied == snapshots.dump_live(item) == snapshots.dump(live)
    assert applied["fields"]["title_en"] == "Applied"
    assert applied["links"]["topics"] == data["links"]["topics"]
    assert {each["pk"] for each in applied["rows"]["key_figures"]} == {new.pk, first["pk"]}
    assert not item.participations.exists()


def test_applied_snapshot_that_changes_nothing_gives_no_new_keys():
    item = initiative()
    data = snapshots.dump_live(item)
    _live, applied, new_ids = snapshots.apply(item, data, current=data)
    assert (applied, new_ids) == (data, {})


def test_rows_that_stay_as_they_are_keep_their_keys_and_are_not_saved():
    call = factories.publishable(Call)
    second = factories.key_date(call, "opening", 3)
    data = snapshots.dump_live(call)
    for each in data["rows"]["key_dates"]:
        if each["pk"] == second.pk:
            each["fields"]["note_en"] = "changed"
    with pytest.MonkeyPatch.context() as patch:
        saved = []
        patch.setattr(KeyDate, "full_clean", lambda self, **_options: saved.append(self.pk))
        snapshots.apply(call, data)
    assert saved == [second.pk]
    assert sorted(each.note for each in call.key_dates.all()) == ["", "changed"]


def test_invalid_row_or_item_is_not_written():
    call = factories.publishable(Call, title_en="Before")
    data = snapshots.dump_live(call)
    invalid = {**data, "fields": {**data["fields"], "kind": "no such kind"}}
    with pytest.raises(ValidationError):
        snapshots.apply(call, invalid)
    data["rows"]["key_dates"][0]["fields"]["kind"] = "no such kind"
    with pytest.raises(ValidationError):
        snapshots.apply(call, data)
    assert KeyDate.objects.get().kind == "full-proposal"


def test_rows_may_swap_a_value_that_must_be_unique():
    call = factories.publishable(Call)
    offers = [factories.offer(call), factories.offer(call)]
    first, second = (one.organisation_id for one in offers)
    data = snapshots.dump_live(call)
    for each in data["rows"]["offers"]:
        other = second if each["fields"]["organisation_id"] == first else first
        each["fields"]["organisation_id"] = other
    _live, applied, new_ids = snapshots.apply(call, data)
    found = {one.pk: one.organisation_id for one in call.offers.all()}
    assert found == {offers[0].pk: second, offers[1].pk: first}
    assert new_ids == {}
    assert applied == snapshots.dump_live(call)


def test_row_that_changes_alone_is_updated_in_place():
    call = factories.publishable(Call)
    factories.offer(call)
    data = snapshots.dump_live(call)
    data["rows"]["offers"][0]["fields"]["amount"] = "5.00"
    statements = []

    def remember(execute, sql, *rest):
        statements.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(remember):
        snapshots.apply(call, data)
    assert any(sql.startswith('UPDATE "calls_funderoffer"') for sql in statements)
    assert not any(sql.startswith('DELETE FROM "calls_funderoffer"') for sql in statements)
    assert call.offers.get().amount == 5


def test_applied_rows_set_the_dates_of_the_call():
    call = factories.publishable(Call)
    data = snapshots.dump_live(call)
    data["rows"]["key_dates"][0]["fields"]["at"] = "2027-01-02T03:04:00+00:00"
    snapshots.apply(call, data)
    assert Call.objects.get().closes_at == datetime(2027, 1, 2, 3, 4, tzinfo=UTC)
