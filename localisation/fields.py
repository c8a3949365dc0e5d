"""Model fields for money, countries, time zones, languages and partial dates."""

import zoneinfo
from functools import cache

from babel import Locale
from babel.numbers import get_territory_currencies
from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from localisation.folding import fold

validate_ror = RegexValidator(
    r"^https://ror\.org/0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}$",
    _("Enter a ROR id as an address, for example https://ror.org/00rbzpz17."),
)
validate_doi = RegexValidator(
    r"^10\.\d{4,9}/\S+$", _("Enter a DOI without its resolver, for example 10.3030/731366.")
)
validate_nuts = RegexValidator(
    r"^[A-Z]{2}[0-9A-Z]{0,3}$", _("Enter a NUTS code, for example BE2 or DEA23.")
)


#: Territory whose formats to use where CLDR's default is not European.
TERRITORIES = {"en": "en_GB"}


def reader_locale():
    """Return the CLDR locale (names and formats) of the active language."""
    language = get_language() or settings.LANGUAGE_CODE
    return Locale.parse(TERRITORIES.get(language, language).replace("-", "_"))


def country_name(code):
    """Return a country's name in the active language, or the code if it has none."""
    return reader_locale().territories.get(code, code)


def country_names(codes):
    """Return the country names in the active language, sorted and comma-separated."""
    return ", ".join(sorted(map(country_name, codes), key=fold))


def country_choices():
    """Return (ISO 3166-1 alpha-2 code, name) pairs in the active language, sorted by name."""
    return _countries_in(reader_locale())


@cache
def _countries_in(locale):
    names = ((code, locale.territories[code]) for code in country_codes())
    return tuple(sorted(names, key=lambda pair: fold(pair[1])))


@cache
def country_codes():
    """Return all ISO 3166-1 alpha-2 codes that CLDR lists as countries or territories."""
    not_countries = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
    # Reserved codes for parts of countries, without names in some languages.
    parts = {"AC", "CP", "CQ", "DG", "EA", "IC", "TA"}
    codes = [code for code in Locale("en").territories if len(code) == 2 and code.isalpha()]
    return [code for code in codes if code not in not_countries | parts]


@cache
def currency_codes():
    """Return the ISO 4217 codes of currencies that are legal tender today."""
    return sorted({c for country in country_codes() for c in get_territory_currencies(country)})


def currency_choices():
    """Return (ISO 4217 code, label) pairs in the active language."""
    names = reader_locale().currencies
    return [(code, f"{code} – {names.get(code, code)}") for code in currency_codes()]


@cache
def time_zone_choices():
    """Return choices of all IANA time zones."""
    return [(name, name) for name in sorted(zoneinfo.available_timezones())]


def default_time_zone():
    return settings.TIME_ZONE


class AmountField(models.DecimalField):
    """An amount of money to the cent; an adjacent `CurrencyField` holds its currency."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_digits", 15)
        kwargs.setdefault("decimal_places", 2)
        kwargs.setdefault("validators", [MinValueValidator(0)])
        super().__init__(*args, **kwargs)


class _ChoiceField(models.CharField):
    """CharField with lazily computed choices.

    Migrations omit the choices, which depend on the language and CLDR release, and the help
    text.
    """

    options = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{**self.options, **kwargs})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for option in ("choices", "help_text"):
            kwargs.pop(option, None)
        return name, path, args, kwargs


class CurrencyField(_ChoiceField):
    """An ISO 4217 currency code."""

    options = {
        "verbose_name": _("currency"),
        "max_length": 3,
        "default": "EUR",
        "choices": currency_choices,
    }


class CountryField(_ChoiceField):
    """An ISO 3166-1 alpha-2 country code."""

    options = {"verbose_name": _("country"), "max_length": 2, "choices": country_choices}


class TimeZoneField(_ChoiceField):
    """The IANA time zone in which an instant was announced."""

    options = {
        "verbose_name": _("time zone"),
        "max_length": 64,
        "default": default_time_zone,
        "choices": time_zone_choices,
        "help_text": _("Time zone of the time entered, for example Europe/Brussels."),
    }


class LanguageField(_ChoiceField):
    """The ISO 639-1 language code of a file or an external page."""

    options = {
        "verbose_name": _("language"),
        "max_length": 8,
        "default": "en",
        "choices": lambda: language_choices(),
    }


def language_choices():
    """Return (ISO 639-1 code, name) pairs in the active language, the portal's own first."""
    names = reader_locale().languages
    own = [code for code, _name in settings.LANGUAGES]
    others = sorted(
        (code for code in names if len(code) == 2 and code not in own), key=names.get
    )
    return [(code, names[code]) for code in own + others]


class DatePrecision(models.TextChoices):
    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")
