"""In-memory objects with the content of a snapshot."""

from django.db.models import prefetch_related_objects

from publishing.revisions.snapshots.content import (
    content_fields,
    link_fields,
    row_fields,
    row_relations,
)


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
