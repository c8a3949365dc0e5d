"""Template tags and filters shared by all sections."""

from zoneinfo import ZoneInfo

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext

from localisation import clock, formats
from localisation.fields import country_name, reader_locale
from localisation.languages import language_shown
from media.pictures import picture_of
from publishing.references import mentions
from publishing.registry import declarations

register = template.Library()
register.filter(country_name)


@register.simple_tag
def lang_of(item, field_name):
    """Return ` lang="…"` for a translated field shown in another language than the page's."""
    if not hasattr(item, f"{field_name}_{get_language()}"):
        return ""
    shown = language_shown(item, field_name)
    return format_html(' lang="{}"', shown) if shown not in (None, get_language()) else ""


@register.simple_tag
def rich_text(item, html):
    """Return an item's rich text, sanitised on save, with current URLs in its links."""
    return mark_safe(mentions.with_current_links(html, item))  # sanitised


@register.inclusion_tag("components/icon.html")
def icon(name, **attributes):
    return {"name": name, **attributes}


@register.inclusion_tag("components/picture.html")
def picture(item, sizes="100vw", is_eager=False, with_credit=False):
    """Render an image, an item's lead image, or its generated artwork."""
    found = picture_of(item)
    credit = found.get("credit") if with_credit else ""
    return {**found, "sizes": sizes, "is_eager": is_eager, "credit": credit}


@register.simple_tag
def instant(at, zone, precision="minute"):
    """Render an instant in its announced zone with the zone's name, without trailing space."""
    local = at.astimezone(ZoneInfo(zone))
    context = {
        "at": at,
        "local": local,
        "day": local.date(),
        "precision": precision,
        "zone_name": formats.zone_name(at, zone),
    }
    return mark_safe(render_to_string("components/instant.html", context).strip())  # escaped


register.simple_tag(formats.colon)


@register.filter
def money(item, field_name):
    """Format an amount with the currency and approximate flag in `<field_name>_…`."""
    currency = getattr(item, f"{field_name}_currency", None) or item.currency
    is_approximate = getattr(item, f"{field_name}_is_approximate", False)
    return formats.money(getattr(item, field_name), currency, is_approximate)


@register.filter
def exact_money(item, field_name):
    """Format an amount to the cent, as in grant agreements."""
    currency = getattr(item, f"{field_name}_currency", None) or item.currency
    return formats.money(getattr(item, field_name), currency, to_the_cent=True)


@register.filter
def number(value):
    return formats.number(value)


@register.filter
def figure_value(key_figure):
    """Format a key figure's value in words: "about €370 million"."""
    return formats.figure(key_figure.value, key_figure.unit, key_figure.qualifier)


@register.filter
def figure_unit(key_figure):
    """Return a key figure's unit, or "" for a currency, which is part of the value."""
    return "" if key_figure.unit in formats.currency_codes() else key_figure.unit


@register.filter
def partial_date(value, precision="day"):
    return formats.partial_date(value, precision) if value else ""


@register.filter
def short_month(value):
    """Format a date's month and year, abbreviated: "déc. 2026"."""
    return formats.short_month(value)


@register.filter
def time_left(until):
    return formats.time_left(until)


@register.simple_tag
def date_range(start, end, start_precision="day", end_precision="day"):
    return formats.period(start, end, start_precision, end_precision)


@register.filter
def language_name(code):
    """Return a language's name in the active language, from its ISO 639-1 code."""
    return reader_locale().languages.get(code, code)


@register.filter
def is_past(instant):
    return instant < clock.now()


@register.inclusion_tag("components/sharing.html", takes_context=True)
def sharing(context):
    """Render the page's metadata for sharing and search engines."""
    view = context.get("view")
    is_live = getattr(view, "version", None) is None
    is_item = is_live and hasattr(view, "card_path")
    is_described = is_live and hasattr(view, "structured_data")
    home = {"title": gettext("Home"), "url": reverse("home")}
    path = context.get("canonical_path") or context["request"].path
    crumbs = context.get("breadcrumbs") or []
    return {
        "title": context.get("title") or context["portal_name"],
        "site": context["portal_name"],
        "kind": "article" if is_item else "website",
        "address": context["portal_url"] + path,
        "card": context["portal_url"] + (view.card_path if is_item else reverse("card")),
        "structured_data": view.structured_data(crumbs, home) if is_described else "",
    }


@register.simple_tag
def sections():
    """Return the sections of the main navigation as dicts of name, title and url."""
    return [
        {"name": each.section, "title": each.title, "url": reverse(each.list_url_name)}
        for each in declarations()
        if each.in_navigation
    ]
