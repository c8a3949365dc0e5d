"""Text search by column, for the admin (including drafts) and short lists."""

from functools import reduce
from operator import or_

from django.db.models import Q
from modeltranslation.translator import NotRegistered, translator

from localisation.languages import localized, portal_languages

#: Maximum number of words in a query.
MAX_WORDS = 8


def filter_by_words(queryset, text, fields):
    """Filter to rows in which each word of `text` occurs in one of `fields`.

    Fields are names or paths over to-one relations; translated fields are searched in all
    languages of the portal.
    """
    columns = [column for field in fields for column in column_names(queryset.model, field)]
    for word in text.split()[:MAX_WORDS]:
        conditions = [Q(**{f"{column}__icontains": word}) for column in columns]
        queryset = queryset.filter(reduce(or_, conditions))
    return queryset


def column_names(model, path):
    """Return the columns of a field name or path: one per language if translated."""
    *relations, name = path.split("__")
    for relation in relations:
        model = model._meta.get_field(relation).related_model
    try:
        translated = name in translator.get_options_for_model(model).all_fields
    except NotRegistered:
        translated = False
    names = [localized(name, code) for code in portal_languages()] if translated else [name]
    return ["__".join([*relations, name]) for name in names]
