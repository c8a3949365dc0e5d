"""Checks for missing and outdated translations."""

from functools import cache
from itertools import pairwise, product

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from modeltranslation.translator import NotRegistered, translator

from localisation.languages import localized, portal_languages, text_in
from publishing.checks.base import check, language_name, warning
from publishing.checks.content import rows_of, words
from publishing.models import Publishable, Revision

#: Number of recent versions read to date a translation.
MAX_VERSIONS = 100


@check(Publishable)
def missing_translations(item):
    for code in portal_languages():
        if item.languages and code not in item.languages:
            message = _(
                "There is no %(language)s version. Translate the item, or explain why it is "
                "not translated."
            )
            yield warning(message % {"language": language_name(code)}, localized("title", code))


@check(Publishable)
def missing_texts(item):
    """Warn of a text written in some of the item's languages but not in all."""
    for name in translated_texts(type(item)):
        for code in missing_languages(item, name, item.languages):
            message = _(
                "Missing in %(language)s, but filled in in another language. Translate it."
            )
            yield warning(message % {"language": language_name(code)}, localized(name, code))


@check(Publishable)
def missing_texts_of_rows(item):
    """Warn of missing translations in rows, once per text and language at the first row."""
    lacking = {}
    for accessor, index, row in rows_of(item):
        for name in translated_texts(type(row)):
            for code in missing_languages(row, name, item.languages):
                lacking.setdefault((accessor, name, code), []).append(index)
    for (accessor, name, code), indexes in lacking.items():
        message = ngettext(
            "Missing in %(language)s, but filled in in another language. Translate it.",
            "Missing in %(language)s in %(n)d rows, but filled in in another language. "
            "Translate them.",
            len(indexes),
        )
        values = {"n": len(indexes), "language": language_name(code)}
        yield warning(message % values, localized(name, code), accessor, indexes[0])


@check(Publishable)
def older_translations(item):
    """Warn of a text whose original changed after it was translated, going by the history."""
    if len(item.languages) < 2:
        return
    past = versions(item)
    original = original_language(item, past)
    others = [code for code in item.languages if code != original]
    for name, code in product(translated_texts(type(item)), others):
        if is_older(past, localized(name, code), localized(name, original)):
            message = _(
                "The %(language)s text has changed since the translation. Check the "
                "translation."
            )
            yield warning(
                message % {"language": language_name(original)}, localized(name, code)
            )


def translated_texts(model):
    """Return the names of a model's translated fields."""
    try:
        return list(translator.get_options_for_model(model).all_fields)
    except NotRegistered:
        return []


def missing_languages(owner, name, languages):
    """Return the languages without the text, if it is written in any of the others."""
    lacking = [code for code in languages if not text_in(owner, name, code).strip()]
    return lacking if len(lacking) < len(languages) else []


def versions(item):
    """Return {column: words} for the item's versions, oldest first, then its current state."""
    columns = [
        localized(name, code)
        for name in translated_texts(type(item))
        for code in portal_languages()
    ]
    known = Revision.objects.of(item).values_list("data__fields", flat=True)[:MAX_VERSIONS]
    now = {column: getattr(item, column) for column in columns}
    words_of = cache(words)  # most texts are the same in all versions
    return [
        {column: words_of(fields.get(column)) for column in columns}
        for fields in [*reversed(known), now]
    ]


def original_language(item, past):
    """Return the language in which the item was first written, as far as its versions show."""
    titles = {localized("title", code): code for code in item.languages}
    return next(titles[column] for fields in past for column in titles if fields[column])


def is_older(past, translation, original):
    """Return whether the original has changed since this translation was written."""
    now = past[-1]
    then = [fields[original] for fields in versions_at_translation(past, translation)]
    is_written = now[translation] and now[original] and all(then)
    return bool(is_written) and now[original] not in then


def versions_at_translation(past, translation):
    """Yield the versions in which the translation first had its current text."""
    for before, after in pairwise([{translation: ""}, *past]):
        if before[translation] != after[translation] == past[-1][translation]:
            yield after
