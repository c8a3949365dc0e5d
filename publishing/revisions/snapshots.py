"""Snapshots: an item with rows, many-to-many links and all languages, as JSON.

    {"fields": {column: value}, "links": {name: [pk, …]}, "rows": {relation: [row, …]}}

A row is {"pk": id, "fields": {column: value}}. Rows that were never published have a negative
id, to avoid collisions with rows of the live table.
"""

import secrets
from datetime import UTC, date, datetime
from decimal import Decimal

from django.db.models import prefetch_related_objects
from modeltranslation.translator import NotRegistered, translator


def new_row_id():
    """Return a random negative id for an unpublished row."""
    return -1 - secrets.randbits(52)


def content_fields(model):
    """Return the editable columns of a model, which make up its snapshots.

    Excludes primary keys, non-editable fields, and the original columns of translated fields,
    whose text is in the columns of each language.
    """
    try:
        mirrors = set(translator.get_options_for_model(model).all_fields)
    except NotRegistered:
        mirrors = set()
    return [
        field
        for field in model._meta.concrete_fields
        if field.editable and not field.primary_key and field.name not in mirrors
    ]


def link_fields(model):
    """Return the editable many-to-many fields."""
    return [field for field in model._meta.many_to_many if field.editable]


def row_relations(model):
    """Return the reverse relations named in `model.rows`, whose rows are part of the item."""
    return [model._meta.get_field(name) for name in getattr(model, "rows", ())]


def row_fields(relation):
    """Return the content columns of a row, without its foreign key to the item."""
    fields = content_fields(relation.related_model)
    return [field for field in fields if field.name != relation.field.name]


# --- Object to snapshot -----------------------------------------------------------------


def dump(item):
    """Return the snapshot of an item. Uses prefetched (also unsaved) rows and links."""
    model = type(item)
    return {
        "fields": _dump_fields(item, content_fields(model)),
        "links": {field.name: _dump_links(item, field) for field in link_fields(model)},
        "rows": {
            relation.name: _dump_rows(item, relation) for relation in row_relations(model)
        },
    }


def dump_live(item):
    """Return the snapshot of an item as stored in the database."""
    return dump(_read(item))


def _read(item):
    return type(item)._base_manager.get(pk=item.pk)


def _dump_rows(item, relation):
    return [dump_row(row, relation) for row in getattr(item, relation.name).all()]


def dump_row(row, relation):
    """Return a row for a snapshot; an unsaved row gets a random negative id."""
    key = new_row_id() if row.pk is None else row.pk
    return {"pk": key, "fields": _dump_fields(row, row_fields(relation))}


def _dump_fields(item, fields):
    return {field.attname: _plain(field, field.value_from_object(item)) for field in fields}


def _dump_links(item, field):
    """Return the keys of linked objects, without fetching the objects."""
    if field.name in getattr(item, "_prefetched_objects_cache", {}):
        return sorted(linked.pk for linked in getattr(item, field.name).all())
    links = field.remote_field.through._base_manager.filter(**{field.m2m_field_name(): item})
    return sorted(links.values_list(field.m2m_reverse_field_name(), flat=True))


def _plain(field, value):
    """Return a JSON value, normalised so that equal values compare equal."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.{field.decimal_places}f}"
    if value is None and field.empty_strings_allowed and not field.is_relation:
        # Translated columns may contain NULL or "", which are equivalent.
        return ""
    return value


# --- Snapshot to object -----------------------------------------------------------------


def load(item, snapshot):
    """Return an in-memory copy of the live `item` with the content of a snapshot.

    Rows and links are prefetched, so that templates and forms can use the copy like a saved
    object. References to deleted objects are omitted; see `missing`.
    """
    model = type(item)
    loaded = model.from_db(
        item._state.db,
        [field.attname for field in model._meta.concrete_fields],
        [field.value_from_object(item) for field in model._meta.concrete_fields],
    )
    _load_fields(loaded, content_fields(model), snapshot["fields"])
    cache = loaded._prefetched_objects_cache = {}
    for field in link_fields(model):
        keys = snapshot["links"].get(field.name, [])
        related = field.related_model._default_manager
        cache[field.name] = _fetched(related, related.filter(pk__in=keys) if keys else [])
    for relation in row_relations(model):
        cache[relation.name] = _load_rows(loaded, relation, snapshot)
    loaded.rows_loaded()
    return loaded


def _load_fields(target, fields, values):
    for field in fields:
        if field.attname in values:
            setattr(target, field.attname, _value(field, values[field.attname]))


def _value(field, plain):
    if field.is_relation:
        return plain  # kept even if the object was deleted: see `missing`
    # Untranslated texts are NULL, as in rows never edited.
    return None if plain == "" and field.null else field.to_python(plain)


def _load_rows(item, relation, snapshot):
    rows = []
    for data in snapshot["rows"].get(relation.name, []):
        row = relation.related_model(pk=data["pk"])
        _load_fields(row, row_fields(relation), data["fields"])
        setattr(row, relation.field.name, item)
        row._state.adding = data["pk"] < 0
        row._state.db = item._state.db
        rows.append(row)
    names = [field.name for field in row_fields(relation) if field.is_relation]
    if rows and names:
        prefetch_related_objects(rows, *names)
    return _fetched(relation.related_model._default_manager, rows)


def _fetched(manager, objects):
    queryset = manager.all()
    queryset._result_cache = list(objects)
    queryset._prefetch_done = True
    return queryset


def missing(model, snapshot):
    """Return the references to deleted objects as (path, model, pk).

    The path is ("fields", column), ("links", name) or ("rows", relation, row id, column).
    """
    wanted = list(references(model, snapshot))
    found = {
        related: set(related._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
        for related, keys in _grouped(wanted).items()
    }
    return [
        (place, related, key) for place, related, key in wanted if key not in found[related]
    ]


def references(model, snapshot):
    """Yield all references in a snapshot as (path, model, pk), with paths as in `missing`."""
    for field in content_fields(model):
        key = snapshot["fields"].get(field.attname)
        if field.is_relation and key is not None:
            yield ("fields", field.attname), field.related_model, key
    for field in link_fields(model):
        for key in snapshot["links"].get(field.name, []):
            yield ("links", field.name), field.related_model, key
    for relation in row_relations(model):
        keys = [field for field in row_fields(relation) if field.is_relation]
        for row in snapshot["rows"].get(relation.name, []):
            for field in keys:
                if (key := row["fields"].get(field.attname)) is not None:
                    place = ("rows", relation.name, row["pk"], field.attname)
                    yield place, field.related_model, key


def _grouped(references):
    groups = {}
    for _place, related, key in references:
        groups.setdefault(related, set()).add(key)
    return groups


# --- Snapshot to database ---------------------------------------------------------------


def apply(item, snapshot, held=None):
    """Write a snapshot to the live tables. Must be called in a transaction.

    `held` is their current snapshot, if known. Returns (live item, its new snapshot, {relation:
    {id in the snapshot: pk of the new row}}). Raises ValidationError if the item or a row is
    invalid.
    """
    held = held or dump_live(item)
    live = load(item, snapshot)
    wanted = dump(live)
    loaded = live._prefetched_objects_cache
    live._prefetched_objects_cache = {}
    live.full_clean()
    live.save()
    for field in link_fields(type(live)):
        if wanted["links"][field.name] != held["links"][field.name]:
            getattr(live, field.name).set(loaded[field.name])
    changed = [
        relation
        for relation in row_relations(type(live))
        if wanted["rows"][relation.name] != held["rows"][relation.name]
    ]
    new_ids = {
        relation.name: _apply_rows(live, relation, list(loaded[relation.name]))
        for relation in changed
    }
    live.rows_saved()
    data = {
        "fields": _dump_fields(_read(live), content_fields(type(live))),
        "links": wanted["links"],
        "rows": held["rows"] | {r.name: _dump_rows(live, r) for r in changed},
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
        if row.pk not in old or _dump_fields(row, fields) != _dump_fields(old[row.pk], fields)
    ]
    _park(relation, [row for row in changed if row.pk in old])
    saved = [_save_row(item, relation, row, is_new=row.pk not in old) for row in changed]
    return {known_as: pk for known_as, pk in saved if known_as != str(pk)}


def _save_row(item, relation, row, *, is_new):
    known_as = str(row.pk)
    setattr(row, relation.field.name, item)
    if is_new:
        row.pk, row._state.adding = None, True
    row.full_clean()
    row.save()
    return known_as, row.pk


def _park(relation, rows):
    """Delete and reinsert rows that swap unique values, to avoid constraint violations.

    This works without deferrable constraints.
    """
    uniques = relation.related_model._meta.total_unique_constraints
    if uniques and len(rows) > 1:
        relation.related_model._base_manager.filter(pk__in=[row.pk for row in rows]).delete()
        for row in rows:
            row._state.adding = True


# --- Comparison -------------------------------------------------------------------------


def diff(old, new):
    """Return the differences between two snapshots as (path, old value, new value).

    Paths are as in `missing`, with ("rows", relation, id) for a row that was added or removed,
    whose other side is None, and ("rows", relation, None) for a different order.
    """
    found = [
        (("fields", name), old["fields"].get(name), new["fields"].get(name))
        for name in {**old["fields"], **new["fields"]}
    ]
    found += [
        (("links", name), old["links"].get(name, []), new["links"].get(name, []))
        for name in {**old["links"], **new["links"]}
    ]
    changes = [change for change in found if change[1] != change[2]]
    for name in {**old["rows"], **new["rows"]}:
        changes += _diff_rows(name, old["rows"].get(name, []), new["rows"].get(name, []))
    return changes


def _diff_rows(name, old, new):
    before, after = _by_key(old), _by_key(new)
    for key in {**before, **after}:
        if key not in before or key not in after:
            yield ("rows", name, key), before.get(key), after.get(key)
        else:
            for column in {**before[key], **after[key]}:
                values = before[key].get(column), after[key].get(column)
                if values[0] != values[1]:
                    yield ("rows", name, key, column), *values
    common = before.keys() & after.keys()
    order = [[key for key in rows if key in common] for rows in (before, after)]
    if order[0] != order[1]:
        yield ("rows", name, None), *order


def _by_key(rows):
    return {row["pk"]: row["fields"] for row in rows}


def merge(base, theirs, mine):
    """Return the three-way merge of snapshots, and a list of paths with conflicts.

    Changes are merged by field, link and row. Where both sides changed the same path
    differently, the result has `mine`.
    """
    clashes = []

    def choose(place, b, t, m):
        if m == b or t == m:
            return t
        if t != b:
            clashes.append(place)
        return m

    merged = {
        "fields": {
            name: choose(
                ("fields", name), base["fields"].get(name), theirs["fields"].get(name), m
            )
            for name, m in mine["fields"].items()
        },
        "links": {
            name: _merge_links(base["links"].get(name, []), theirs["links"].get(name, []), m)
            for name, m in mine["links"].items()
        },
        "rows": {},
    }
    for name in {**theirs["rows"], **mine["rows"]}:
        sides = [_by_key(side["rows"].get(name, [])) for side in (base, theirs, mine)]
        merged["rows"][name] = _merge_rows(name, *sides, choose, clashes)
    return merged, clashes


def _merge_links(base, theirs, mine):
    added = set(mine) - set(base)
    removed = set(base) - set(mine)
    return sorted((set(theirs) | added) - removed)


def _merge_rows(name, base, theirs, mine, choose, clashes):
    rows = []
    for key in _merged_order(base, theirs, mine):
        b, t, m = base.get(key), theirs.get(key), mine.get(key)
        if t is None or m is None:
            # Added or deleted on one side; a change wins over a deletion.
            side = m if t is None else t
            deleted = b is not None
            if deleted and side == b:
                continue
            if deleted:
                clashes.append(("rows", name, key))
            rows.append({"pk": key, "fields": side})
            continue
        fields = {
            c: choose(("rows", name, key, c), (b or {}).get(c), t.get(c), m[c]) for c in m
        }
        rows.append({"pk": key, "fields": fields})
    return rows


def _merged_order(base, theirs, mine):
    """Return the order of `mine` if it moved rows, else of `theirs`; extra rows go last."""
    moved = [k for k in mine if k in base] != [k for k in base if k in mine]
    first, second = (mine, theirs) if moved else (theirs, mine)
    return list({**first, **second})
