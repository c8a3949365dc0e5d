"""Snapshots of objects in memory or in the database."""

from datetime import UTC, date, datetime
from decimal import Decimal

from publishing.revisions.snapshots.content import (
    content_fields,
    link_fields,
    new_row_id,
    row_fields,
    row_relations,
)


def dump(item):
    """Return the snapshot of an item. Uses prefetched (also unsaved) rows and links."""
    model = type(item)
    return {
        "fields": dump_fields(item, content_fields(model)),
        "links": {field.name: _dump_links(item, field) for field in link_fields(model)},
        "rows": {relation.name: dump_rows(item, relation) for relation in row_relations(model)},
    }


def dump_live(item):
    """Return the snapshot of an item as stored in the database."""
    return dump(read(item))


def read(item):
    return type(item)._base_manager.get(pk=item.pk)


def dump_rows(item, relation):
    return [dump_row(row, relation) for row in getattr(item, relation.name).all()]


def dump_row(row, relation):
    """Return a row for a snapshot; an unsaved row gets a random negative id."""
    key = new_row_id() if row.pk is None else row.pk
    return {"pk": key, "fields": dump_fields(row, row_fields(relation))}


def dump_fields(item, fields):
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
