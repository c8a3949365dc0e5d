import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.html import strip_tags

from localisation import formats
from website.templatetags import website_tags as website_tags

HALF_A_MINUTE = timedelta(seconds=30)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "€919,847.50"), ("fr", "919 847,50 €"), ("nl", "€ 919.847,50")],
)
def test_money_is_exact_to_the_cent_and_follows_the_language(language, expected):
    with translation.override(language):
        text = formats.money(Decimal("919847.50"), "EUR")
    assert text.replace("\u202f", " ").replace("\xa0", " ") == expected


def test_money_without_cents_shows_none():
    assert formats.money(Decimal("24000000.00"), "EUR") == "€24,000,000"
    assert formats.money(Decimal(0), "EUR") == "€0"
    assert formats.money(None, "EUR") == ""


def test_approximate_money_says_so():
    assert formats.money(Decimal(24), "EUR", is_approximate=True) == "approx. €24"


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "expected"),
    [
        ("370000000", "EUR", "about", "about €370 million"),
        ("76200000", "EUR", "", "€76.2 million"),
        ("8450000", "EUR", "", "€8.45 million"),
        ("95500000000", "EUR", "", "€95.5 billion"),
        ("50", "", "more-than", "more than 50"),
        ("10", "years", "", "10"),
        ("12345.5", "%", "up-to", "up to 12,345.5"),
    ],
)
def test_key_figures_read_as_one_says_them(value, unit, qualifier, expected):
    assert formats.figure(Decimal(value), unit, qualifier) == expected


@pytest.mark.parametrize(
    ("precision", "expected"),
    [("day", "1 October 2024"), ("month", "October 2024"), ("year", "2024")],
)
def test_dates_are_shown_as_exactly_as_they_are_known(precision, expected):
    assert formats.partial_date(date(2024, 10, 1), precision) == expected


@pytest.mark.parametrize(
    ("language", "day", "span"),
    [
        ("en", "1 April 2027", "21 Mar – 1 Apr 2027"),
        ("fr", "1er avril 2027", "21 mars – 1er avr. 2027"),
        ("nl", "1 april 2027", "21 mrt – 1 apr 2027"),
    ],
)
def test_first_of_a_month_is_an_ordinal_in_french(language, day, span):
    first = date(2027, 4, 1)
    with translation.override(language):
        texts = [formats.partial_date(first), formats.period(date(2027, 3, 21), first)]
    assert [re.sub(r"\s", " ", text) for text in texts] == [day, span]


def test_periods_may_be_open():
    start, end = date(2023, 9, 1), date(2026, 11, 30)
    assert formats.period(start, end, "month", "month") == "September 2023 – November 2026"
    assert formats.period(start, None, "month") == "from September 2023"
    assert formats.period(None, end) == "until 30 November 2026"
    assert formats.period(None, None) == ""


@pytest.mark.parametrize(
    ("instant", "zone", "expected"),
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "Europe/Brussels", "Brussels time, CET"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "Europe/Brussels", "Brussels time, CEST"),
        (datetime(2026, 7, 1, tzinfo=UTC), "UTC", "UTC"),
        (datetime(2026, 7, 1, tzinfo=UTC), "America/New_York", "New York time, EDT"),
    ],
)
def test_zones_are_named_as_they_are_at_that_instant(instant, zone, expected):
    assert formats.zone_name(instant, zone) == expected


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        ({"days": 30, "hours": 5}, "30 days"),
        ({"days": 2}, "2 days"),
        ({"days": 1, "hours": 23}, "47 hours"),
        ({"hours": 1}, "60 minutes"),
        ({"minutes": -5}, "0 minutes"),
    ],
)
def test_time_left_is_told_as_the_script_does(left, expected):
    until = datetime.now(UTC) + timedelta(**left) + HALF_A_MINUTE
    assert formats.time_left(until) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", ["30 jours", "47 heures", "90 minutes"]),
        ("nl", ["30 dagen", "47 uur", "90 minuten"]),
    ],
)
def test_time_left_is_told_in_the_language_of_the_page(language, expected):
    lefts = [timedelta(days=30), timedelta(hours=47), timedelta(minutes=90)]
    with translation.override(language):
        texts = [formats.time_left(datetime.now(UTC) + left + HALF_A_MINUTE) for left in lefts]
    assert [text.replace("\xa0", " ") for text in texts] == expected


def test_an_instant_has_the_date_of_its_own_zone():
    midnight_in_helsinki = datetime(2026, 7, 1, 21, 30, tzinfo=UTC)
    shown = strip_tags(website_tags.instant(midnight_in_helsinki, "Europe/Helsinki"))
    assert shown == "2 July 2026, 00:30 Helsinki time, EEST"
    assert shown == formats.instant(midnight_in_helsinki, "Europe/Helsinki")


def test_french_keeps_a_space_before_a_colon():
    template = Template("{% load website_tags %}Budget{% colon %} 3")
    for language, text in {"en": "Budget: 3", "fr": "Budget\N{NO-BREAK SPACE}: 3"}.items():
        with translation.override(language):
            assert template.render(Context()) == text


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "Aim: empty"), ("fr", "Aim\xa0: empty")]
)
def test_what_is_said_of_something_follows_its_name(language, expected):
    with translation.override(language):
        assert formats.named("Aim", "empty") == expected
        assert formats.named("", "empty") == "empty"


def test_no_space_follows_an_instant():
    """Otherwise, the line through a deleted instant would extend past it."""
    template = Template("{% load website_tags %}<del>{% instant at 'UTC' %}</del>")
    html = template.render(Context({"at": datetime(2026, 3, 4, 16, tzinfo=UTC)}))
    assert html.endswith("</time></del>")
