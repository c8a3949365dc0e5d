"""Texts in several languages, in forms: one control a language, none of them required alone."""

from django.conf import settings
from django.utils.text import capfirst

from localisation.languages import localized, portal_languages


def mark_language(field, db_field, help_texts):
    """Label a form field of a translated text and mark it with its language."""
    original = db_field.translated_field
    field.required = False
    field.label = capfirst(original.verbose_name)
    field.help_text = help_texts.get(original.name, original.help_text)
    field.translated_name = original.name
    field.is_required_in_one_language = not original.blank
    field.language = db_field.language
    field.language_name = dict(settings.LANGUAGES)[db_field.language]
    field.widget.attrs["lang"] = db_field.language


def localized_names(names, translated):
    """Return names of fields, with those of `translated` replaced by one a language."""
    replaced = []
    for name in names or ():
        if isinstance(name, (list, tuple)):
            replaced.append(tuple(localized_names(name, translated)))
        elif name in translated:
            replaced += [localized(name, code) for code in portal_languages()]
        else:
            replaced.append(name)
    return replaced
