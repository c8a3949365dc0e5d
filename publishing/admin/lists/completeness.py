"""What a complete item has, and how those are found that lack it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from publishing.languages import localized, portal_languages


@dataclass(frozen=True)
class Gap:
    """Something that a published item should have."""

    #: What is said of an item that lacks it: "no summary".
    label: str
    #: Returns the Q of the items that lack it.
    condition: Callable


def without_text(field_name, *languages):
    """Q: the translated field is empty in each of these languages (by default: in all)."""
    lacking = Q()
    for language in languages or portal_languages():
        column = localized(field_name, language)
        lacking &= Q(**{column: ""}) | Q(**{column: None})
    return lacking


def language_gaps():
    """A gap for each language of the portal: name -> Gap."""
    return {
        f"not_in_{code}": Gap(
            format_lazy(_("not in {language}"), language=name),
            lambda code=code: without_text("title", code),
        )
        for code, name in settings.LANGUAGES
    }


#: What every item should have, beside its translations.
COMMON_GAPS = {
    "summary": Gap(_("no summary"), lambda: without_text("summary")),
    "lead_image": Gap(_("no lead image"), lambda: Q(lead_image=None)),
}
