"""Which language a translated text is shown in."""

from django.conf import settings
from django.db.models import Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname, resolution_order


def portal_languages():
    """Codes of the languages in which this installation publishes, the default first."""
    return [code for code, _name in settings.LANGUAGES]


def localized(field_name, language):
    """Name of the column that holds a translated field's text in one language."""
    return build_localized_fieldname(field_name, language)


def text_in(obj, field_name, language):
    """A translated field's text in exactly this language; empty when it is not translated."""
    return getattr(obj, localized(field_name, language), None) or ""


def shown_text(field_name):
    """Expression for the text that readers see of a translated field, with its fallbacks."""
    order = resolution_order(get_language() or settings.LANGUAGE_CODE)
    texts = [NullIf(localized(field_name, code), Value("")) for code in order]
    return Coalesce(*texts) if len(texts) > 1 else texts[0]


def language_shown(obj, field_name):
    """Code of the language in which `obj.<field_name>` reads now, falling back as it does.

    None when the field is empty in every language.
    """
    for language in resolution_order(get_language() or settings.LANGUAGE_CODE):
        if text_in(obj, field_name, language):
            return language
    return None
