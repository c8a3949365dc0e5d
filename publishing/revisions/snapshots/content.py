"""Fields, links and rows that make up a snapshot."""

import secrets

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
