"""Language helpers: translated columns and fallbacks."""

from django.conf import settings
from django.db.models import Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname, resolution_order


def portal_languages():
    """Return the codes of the portal's content languages, the default first."""
    return [code for code, _name in settings.LANGUAGES]


def localized(field_name, language):
    """Return the name of a translated field's column for a language."""
    return build_localized_fieldname(field_name, language)


def text_in(obj, field_name, language):
    """Return a translated field's text in exactly this language; "" if not translated."""
    return getattr(obj, localized(field_name, language), None) or ""


def shown_text(field_name):
    """Return an expression for a translated field's text as shown, with fallbacks."""
    order = resolution_order(get_language() or settings.LANGUAGE_CODE)
    texts = [NullIf(localized(field_name, code), Value("")) for code in order]
    return Coalesce(*texts) if len(texts) > 1 else texts[0]


def language_shown(obj, field_name):
    """Return the code of the language in which `obj.<field_name>` is shown, after fallback.

    Returns None if the field is empty in every language.
    """
    for language in resolution_order(get_language() or settings.LANGUAGE_CODE):
        if text_in(obj, field_name, language):
            return language
    return None
