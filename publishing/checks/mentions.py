"""Parsing of dates and amounts of money in a text, in its language.

Favours precision over recall: ambiguous forms are ignored.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache

from babel import Locale
from babel.numbers import get_currency_symbol

#: Distance in characters within which a word qualifies a date or amount.
REACH = 60

ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b")
NUMERIC = re.compile(r"\b(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})\b")

#: Factors spelled out or abbreviated in English, French and Dutch.
FACTORS = {
    Decimal(1_000): ("k", "thousand", "mille", "duizend"),
    Decimal(1_000_000): ("m", "mio", "mln", "million", "millions", "miljoen"),
    Decimal(1_000_000_000): ("bn", "mrd", "billion", "milliard", "milliards", "miljard"),
}
FACTOR_OF = {word: factor for factor, words in FACTORS.items() for word in words}
NUMBER = r"(?P<number>\d[\d.,\u00a0\u202f ]{0,20}\d|\d)"
FACTOR = rf"(?P<factor>{'|'.join(sorted(FACTOR_OF, key=len, reverse=True))})"


@dataclass(frozen=True)
class Mention:
    """A date or an amount found in a text."""

    #: The text as written, its start within the sentence, and the sentence.
    text: str
    start: int
    sentence: str
    value: date | Decimal
    #: For an amount, the value of its last written digit.
    unit: Decimal = Decimal(1)

    def is_near(self, pattern):
        """Return whether text within REACH before or after matches the compiled pattern."""
        end = self.start + len(self.text)
        before, after = self.sentence[: self.start][-REACH:], self.sentence[end:][:REACH]
        return bool(pattern.search(before) or pattern.search(after))


def sentences(text):
    """Split a text into sentences; blocks must be on separate lines."""
    parts = re.split(r"\n|(?<=[a-z)\d][.!?])\s+(?=[A-ZÀ-Ý])|;\s", text)
    return [part for part in parts if part.strip()]


def dates_in(text, language):
    """Yield a Mention for each complete date in the text."""
    for sentence in sentences(text):
        for pattern in (ISO, NUMERIC, *written_dates(language)):
            for match in pattern.finditer(sentence):
                if value := date_of(match, language):
                    yield Mention(match[0], match.start(), sentence, value)


def date_of(match, language):
    month = match["month"].casefold().rstrip(".")
    number = int(month) if month.isdecimal() else month_numbers(language)[month]
    try:
        return date(int(match["year"]), number, int(match["day"]))
    except ValueError:
        return None


@cache
def month_numbers(language):
    """Return the number of each month by its full and abbreviated name."""
    months = Locale.parse(language.replace("-", "_")).months["format"]
    return {
        name.casefold().rstrip("."): number
        for width in ("wide", "abbreviated")
        for number, name in months[width].items()
    }


@cache
def written_dates(language):
    """Return patterns for "15 January 2027", "1er janvier 2027" and "January 15, 2027"."""
    names = sorted(month_numbers(language), key=len, reverse=True)
    month = rf"(?P<month>(?:{'|'.join(map(re.escape, names))})\b\.?)"
    day = r"\b(?P<day>\d{1,2})(?:st|nd|rd|th|er|ère|e)?"
    year = r"(?P<year>\d{4})\b"
    orders = (rf"{day}\.?(?: of)?\s{month},?\s{year}", rf"\b{month}\s{day},?\s{year}")
    return [re.compile(order, re.IGNORECASE) for order in orders]


def amounts_in(text, currency):
    """Yield a Mention for each amount in this currency (ISO 4217)."""
    for sentence in sentences(text):
        for pattern in written_amounts(currency):
            for match in pattern.finditer(sentence):
                if (value := amount_of(match)) is not None:
                    unit = last_digit(match)
                    yield Mention(match[0], match.start(), sentence, value, unit)


@cache
def written_amounts(currency):
    """Return patterns for "EUR 12 million", "€1.5 million", "12 M€", "1,5 million d'euros"."""
    names = {currency, get_currency_symbol(currency, "en")}
    before = "|".join(map(re.escape, names))
    after = "|".join([*map(re.escape, names), *(["euros?"] if currency == "EUR" else [])])
    factor = rf"(?:\s?{FACTOR}(?![a-zà-ÿ]))?"
    forms = (
        rf"(?:\b|(?<=\W)|^)(?:{before})\s?{NUMBER}{factor}",
        rf"(?<![\d.,]){NUMBER}(?:\s?{FACTOR})?\s?(?:d[e'’]\s?)?(?:{after})(?![a-zà-ÿ])",
    )
    return [re.compile(form, re.IGNORECASE) for form in forms]


def amount_of(match):
    try:
        return Decimal(plain_number(match)) * factor_of(match)
    except InvalidOperation:
        return None


def factor_of(match):
    return FACTOR_OF.get((match["factor"] or "").casefold(), Decimal(1))


def plain_number(match):
    """Return the digits of a matched number, with a decimal point.

    Groups of three digits after a separator are read as thousands, unless a factor such as
    "million" follows.
    """
    digits = re.sub(r"\s", "", match["number"])
    if not match["factor"] and re.fullmatch(r"\d{1,3}([.,]\d{3})+([.,]\d{1,2})?", digits):
        whole = re.match(r"\d{1,3}([.,]\d{3})+", digits)[0]
        rest = digits[len(whole) :].replace(",", ".")
        return re.sub(r"[.,]", "", whole) + rest
    return digits.replace(",", ".")


def last_digit(match):
    """Return the value of the last written digit: 100,000 in "1.5 million", otherwise 1."""
    decimals = plain_number(match).partition(".")[2] if match["factor"] else ""
    return factor_of(match) / 10 ** len(decimals)
