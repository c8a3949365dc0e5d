"""Snapshots written to the live tables."""

from publishing.revisions.snapshots.content import (
    content_fields,
    link_fields,
    row_fields,
    row_relations,
)
from publishing.revisions.snapshots.dumping import dump, dump_fields, dump_live, dump_rows, read
from publishing.revisions.snapshots.loading import load


def apply(item, snapshot, current=None):
    """Write a snapshot to the live tables. Must be called in a transaction.

    `current` is their snapshot now, if known. Returns (live item, its new snapshot, {relation:
    {id in the snapshot: pk of the new row}}). Raises ValidationError if the item or a row is
    invalid.
    """
    current = current or dump_live(item)
    live = load(item, snapshot)
    wanted = dump(live)
    loaded = live._prefetched_objects_cache
    live._prefetched_objects_cache = {}
    live.full_clean()
    live.save()
    for field in link_fields(type(live)):
        if wanted["links"][field.name] != current["links"][field.name]:
            getattr(live, field.name).set(loaded[field.name])
    changed = [
        relation
        for relation in row_relations(type(live))
        if wanted["rows"][relation.name] != current["rows"][relation.name]
    ]
    new_ids = {
        relation.name: _apply_rows(live, relation, list(loaded[relation.name]))
        for relation in changed
    }
    live.rows_saved()
    data = {
        "fields": dump_fields(read(live), content_fields(type(live))),
        "links": wanted["links"],
        "rows": current["rows"] | {r.name: dump_rows(live, r) for r in changed},
    }
    return live, data, {name: ids for name, ids in new_ids.items() if ids}


def renumber(snapshot, new_ids):
    """Return the snapshot with the primary keys of rows published since it was made."""
    rows = {
        name: [
            {**row, "pk": new_ids.get(name, {}).get(str(row["pk"]), row["pk"])} for row in rows
        ]
        for name, rows in snapshot["rows"].items()
    }
    return {**snapshot, "rows": rows}


def _apply_rows(item, relation, rows):
    manager = relation.related_model._base_manager
    old = {row.pk: row for row in manager.filter(**{relation.field.name: item})}
    kept = {row.pk for row in rows}
    for pk in old.keys() - kept:
        old[pk].delete()
    fields = row_fields(relation)
    changed = [
        row
        for row in rows
        if row.pk not in old or dump_fields(row, fields) != dump_fields(old[row.pk], fields)
    ]
    _delete_for_reinsert(relation, [row for row in changed if row.pk in old])
    saved = [_save_row(item, relation, row, is_new=row.pk not in old) for row in changed]
    return {old_id: pk for old_id, pk in saved if old_id != str(pk)}


def _save_row(item, relation, row, *, is_new):
    old_id = str(row.pk)
    setattr(row, relation.field.name, item)
    if is_new:
        row.pk, row._state.adding = None, True
    row.full_clean()
    row.save()
    return old_id, row.pk


def _delete_for_reinsert(relation, rows):
    """Delete and reinsert rows that swap unique values, to avoid constraint violations.

    This works without deferrable constraints.
    """
    uniques = relation.related_model._meta.total_unique_constraints
    if uniques and len(rows) > 1:
        relation.related_model._base_manager.filter(pk__in=[row.pk for row in rows]).delete()
        for row in rows:
            row._state.adding = True
