"""Text queries over columns: for staff, who look among drafts too, and short lists."""

from functools import reduce
from operator import or_

from django.db.models import Q
from modeltranslation.translator import NotRegistered, translator

from localisation.languages import localized, portal_languages

#: A query of more words than this says nothing more, but costs more.
MAX_WORDS = 8


def matching(queryset, text, fields):
    """Filter to the rows in which each word of `text` occurs in one of `fields`.

    Fields are names or paths over to-one relations; translated ones are searched in every
    language of the portal.
    """
    columns = [column for field in fields for column in columns_of(queryset.model, field)]
    for word in text.split()[:MAX_WORDS]:
        conditions = [Q(**{f"{column}__icontains": word}) for column in columns]
        queryset = queryset.filter(reduce(or_, conditions))
    return queryset


def columns_of(model, path):
    """Columns that a field's name or path stands for: one a language for translated texts."""
    *relations, name = path.split("__")
    for relation in relations:
        model = model._meta.get_field(relation).related_model
    try:
        translated = name in translator.get_options_for_model(model).all_fields
    except NotRegistered:
        translated = False
    names = [localized(name, code) for code in portal_languages()] if translated else [name]
    return ["__".join([*relations, name]) for name in names]
