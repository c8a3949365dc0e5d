"""Completeness of items: what they should have, and queries for those without it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from localisation.languages import localized, portal_languages


@dataclass(frozen=True)
class CompletenessCheck:
    """Something that a published item should have and may lack."""

    #: Description of an item that lacks it: "no summary".
    label: str
    #: Returns the Q of the items that lack it.
    condition: Callable


def without_text(field_name, *languages):
    """Return the Q of items whose translated field is empty in these languages (or in all)."""
    is_empty = Q()
    for language in languages or portal_languages():
        column = localized(field_name, language)
        is_empty &= Q(**{column: ""}) | Q(**{column: None})
    return is_empty


def translation_checks():
    """Return a check for each language of the portal: name -> CompletenessCheck."""
    return {
        f"not_in_{code}": CompletenessCheck(
            format_lazy(_("not in {language}"), language=name),
            lambda code=code: without_text("title", code),
        )
        for code, name in settings.LANGUAGES
    }


#: Checks of all types, beside missing translations.
COMMON_COMPLETENESS_CHECKS = {
    "summary": CompletenessCheck(_("no summary"), lambda: without_text("summary")),
    "lead_image": CompletenessCheck(_("no lead image"), lambda: Q(lead_image=None)),
}
