"""References in a snapshot, and those to deleted objects."""

from publishing.revisions.snapshots.content import (
    content_fields,
    link_fields,
    row_fields,
    row_relations,
)


def missing(model, snapshot):
    """Return the references to deleted objects as (path, model, pk).

    The path is ("fields", column), ("links", name) or ("rows", relation, row id, column).
    """
    wanted = list(references(model, snapshot))
    found = {
        related: set(related._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
        for related, keys in _grouped(wanted).items()
    }
    return [(path, related, key) for path, related, key in wanted if key not in found[related]]


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
                    path = ("rows", relation.name, row["pk"], field.attname)
                    yield path, field.related_model, key


def _grouped(references):
    groups = {}
    for _path, related, key in references:
        groups.setdefault(related, set()).add(key)
    return groups
