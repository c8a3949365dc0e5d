"""Formatting of dates, zones, numbers and money in the active language (CLDR, via Babel)."""

import math
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_interval, format_skeleton, format_timedelta
from babel.numbers import (
    format_compact_decimal,
    format_currency,
    format_decimal,
    get_currency_symbol,
)
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from localisation import clock
from localisation.fields import currency_codes, reader_locale
from page_cache.dependencies import change_at

MILLION = 1_000_000
SKELETONS = {"year": "y", "month": "yMMMM"}


def colon():
    """Return the colon after a label; French has a space before it."""
    return pgettext("after a name", ":")


def named(name, text):
    """Prefix a text with a label, as in "Deadline: 3 March"; no label, no prefix."""
    return f"{name}{colon()} {text}" if name else str(text)


def number(value):
    """Format a number with the language's separators and at most two decimals."""
    return format_decimal(value, format="#,##0.##", locale=reader_locale())


def money(amount, currency, is_approximate=False, to_the_cent=False):
    """Format an amount, with cents if it has any or if `to_the_cent`; "" for None."""
    if amount is None:
        return ""
    is_round = amount == amount.to_integral_value() and not to_the_cent
    pattern = "¤#,##0" if is_round else None
    locale = reader_locale()
    if pattern:
        pattern = locale.currency_formats["standard"].pattern.replace(".00", "")
    text = format_currency(
        amount, currency, format=pattern, locale=locale, currency_digits=not pattern
    )
    return approximately(text) if is_approximate else text


def short_money(amount, currency):
    """Format an amount compactly: "€370 million", "€76.2 million"; in full below a million."""
    if amount < MILLION:
        return money(amount, currency)
    locale = reader_locale()
    words = format_compact_decimal(amount, format_type="long", locale=locale, fraction_digits=2)
    symbol = get_currency_symbol(currency, locale)
    # Translators: an amount such as "€76.2 million"; French puts the symbol last.
    return _("%(symbol)s%(amount)s") % {"symbol": symbol, "amount": words}


def approximately(text):
    return _("approx. %(amount)s") % {"amount": text}


def figure(value, unit="", qualifier=""):
    """Format a key figure with its qualifier; a currency code as unit makes it an amount."""
    is_money = unit in currency_codes()
    text = short_money(value, unit) if is_money else number(value)
    patterns = {
        "about": pgettext("key figure", "about %(figure)s"),
        "more-than": pgettext("key figure", "more than %(figure)s"),
        "up-to": pgettext("key figure", "up to %(figure)s"),
    }
    return patterns[qualifier] % {"figure": text} if qualifier else text


def partial_date(value, precision="day"):
    """Format a date to its `precision`: "day", "month" or "year"."""
    if isinstance(value, datetime):
        value = localtime(value).date()
    if precision == "day":
        return _with_ordinal(format_date(value, "long", locale=reader_locale()))
    return format_skeleton(SKELETONS[precision], value, locale=reader_locale(), fuzzy=True)


def _with_ordinal(text):
    """Use "1er" for the first day in French dates; CLDR lacks it."""
    return re.sub(r"\b1\b", "1er", text) if reader_locale().language == "fr" else text


def time_left(until):
    """Format the time until a future instant: in days, below two days in hours, then minutes.

    Must match static/js/local_time.js.
    """
    seconds = max((until - clock.current()).total_seconds(), 0)
    units = (("day", 86_400), ("hour", 3_600))
    unit, length = next((u for u in units if seconds >= 2 * u[1]), ("minute", 60))
    if seconds:
        change_at(until - timedelta(seconds=seconds // length * length))
    return _count(seconds // length, unit)


def _count(number_of, unit):
    # Not format_unit: Babel lacks the Dutch units for it.
    length = timedelta(**{f"{unit}s": number_of})
    return format_timedelta(length, unit, threshold=math.inf, locale=reader_locale())


def short_month(value):
    return format_skeleton("yMMM", value, locale=reader_locale(), fuzzy=True)


def period(start, end, start_precision="day", end_precision="day"):
    """Format a period; either date may be None: "from …", "until …", "… – …"."""
    if start and end and start_precision == end_precision == "day":
        return _with_ordinal(format_interval(start, end, "yMMMd", locale=reader_locale()))
    first = start and partial_date(start, start_precision)
    last = end and partial_date(end, end_precision)
    if first and last:
        return f"{first} – {last}"
    if first:
        return _("from %(date)s") % {"date": first}
    return _("until %(date)s") % {"date": last} if last else ""


def zone_name(instant, zone):
    """Format a zone by city and abbreviation at that instant: "Brussels time, CEST".

    `instant` is an aware datetime, `zone` an IANA name.
    """
    if zone == "UTC":
        return "UTC"
    known = reader_locale().time_zones.get(zone, {})
    city = known.get("city") or zone.rsplit("/", 1)[-1].replace("_", " ")
    local = instant.astimezone(ZoneInfo(zone))
    return _("%(city)s time, %(abbreviation)s") % {"city": city, "abbreviation": local.tzname()}


def instant(at, zone, precision="minute"):
    """Format an instant in its announced zone, to its precision ("minute", "day", …)."""
    local = at.astimezone(ZoneInfo(zone))
    if precision != "minute":
        return partial_date(local.date(), precision)
    return f"{partial_date(local.date())}, {local:%H:%M} {zone_name(at, zone)}"
