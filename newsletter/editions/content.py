"""Content of an edition: the texts of its items."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import capfirst

from localisation import formats
from localisation.languages import language_shown, portal_languages
from publishing.registry import declaration_of


def item_texts(item):
    """Return the plain texts of an item, in the active language.

    A dict of kind, title, summary, url, language (of the texts) and deadline, which is a dict
    of label and when, or None.
    """
    return {
        "kind": capfirst(str(item._meta.verbose_name)),
        "title": item.title,
        "summary": item.summary or "",
        "url": settings.PORTAL_URL + item.get_absolute_url(),
        "language": language_shown(item, "title") or translation.get_language(),
        "deadline": _deadline(item),
    }


def _deadline(item):
    declaration = declaration_of(type(item))
    date = declaration and declaration.newsletter_date(item)
    if not date:
        return None
    return {
        "label": date["label"],
        "when": format_instant(date["at"], date["zone"], date["precision"]),
    }


def format_instant(at, zone, precision="minute"):
    """Format an instant with its own time zone, in the active language."""
    local = at.astimezone(ZoneInfo(zone))
    if precision != "minute":
        return formats.partial_date(local.date(), precision)
    name = formats.zone_name(at, zone)
    return f"{formats.partial_date(local.date())}, {date_format(local, 'H:i')} ({name})"


def item_texts_in(item, language):
    with translation.override(language):
        return item_texts(item)


def entries(edition, language):
    """Return the texts of each item: frozen ones, or current ones before freezing."""
    found = []
    for row in edition.items.prefetch_related("item"):
        if language in row.frozen:
            found.append(row.frozen[language])
        elif row.item and not edition.frozen_at:
            found.append(item_texts_in(row.item, language))
    return found


def freeze(edition):
    """Store the texts of each item in every language of the portal."""
    for row in edition.items.prefetch_related("item"):
        row.frozen = {code: item_texts_in(row.item, code) for code in portal_languages()}
        row.save(update_fields=["frozen"])
