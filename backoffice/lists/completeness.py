"""Completeness of items: what they should have, and queries for those without it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from localisation.languages import localized, portal_languages


@dataclass(frozen=True)
class Gap:
    """Something that a published item should have and may lack."""

    #: Description of an item that lacks it: "no summary".
    label: str
    #: Returns the Q of the items that lack it.
    condition: Callable


def without_text(field_name, *languages):
    """Return the Q of items whose translated field is empty in these languages (or in all)."""
    lacking = Q()
    for language in languages or portal_languages():
        column = localized(field_name, language)
        lacking &= Q(**{column: ""}) | Q(**{column: None})
    return lacking


def language_gaps():
    """Return a gap for each language of the portal: name -> Gap."""
    return {
        f"not_in_{code}": Gap(
            format_lazy(_("not in {language}"), language=name),
            lambda code=code: without_text("title", code),
        )
        for code, name in settings.LANGUAGES
    }


#: Gaps of all types, beside missing translations.
COMMON_GAPS = {
    "summary": Gap(_("no summary"), lambda: without_text("summary")),
    "lead_image": Gap(_("no lead image"), lambda: Q(lead_image=None)),
}
