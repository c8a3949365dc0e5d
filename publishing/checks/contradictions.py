"""Checks for dates and amounts in texts that contradict the fields."""

import re
from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from publishing.checks.base import warning
from publishing.checks.content import texts
from publishing.checks.mentions import amounts_in, dates_in

#: Phrases that introduce a deadline, in English, French and Dutch.
DEADLINE = re.compile(
    r"""deadline|clos(es|ing)|(apply|submit\w*|register)\s(it\s|them\s)?(by|until|before|no\slater)
    |date\slimite|échéance|clôture|au\splus\stard|(déposer|soumettre|inscri\w+)\s.{0,20}avant
    |uiterlijk|sluit|(indienen|aanvragen|inschrijven)\s.{0,20}(vóór|voor|tot)
    |(vóór|tot)\s.{0,30}(indienen|aanvragen|inschrijven)""",
    re.IGNORECASE | re.VERBOSE,
)
#: Phrases that introduce the total budget.
BUDGET = re.compile(
    r"""(total|overall|indicative|call|whole)\s(budget|funding)|budget\s(of|is|amounts|:)
    |enveloppe|budget\s(total|global|indicatif|de|est|s['’]élève)
    |(totaal|totale|indicatieve?)\s?budget|budget\s(van|bedraagt|is)""",
    re.IGNORECASE | re.VERBOSE,
)
#: Phrases that mark a partial amount: of one project, one partner or another call.
PART = re.compile(
    r"""\b(per|par|each|chaque|elk|elke|ieder|every|maxim\w+|minim\w+|up\sto|at\s(most|least)|jusqu
    |of\swhich|dont|waarvan|previous|last\scall|précédent\w*|vorige|plafon\w+|ten\shoogste
    |more\sthan|less\sthan|plus\sde|moins\sde|meer\sdan|minder\sdan|remaining|alone|between)\b""",
    re.IGNORECASE | re.VERBOSE,
)
ABOUT = re.compile(
    r"\b(about|around|approx\w*|some|nearly|environ|quelque|près|ongeveer|circa|ca)\b", re.I
)
#: Tolerance of an approximate amount, as a fraction.
TOLERANCE = Decimal("0.05")


def contradicted_dates(item, known, *, words=DEADLINE):
    """Yield a warning for each date near one of the `words` that matches no known day.

    `known` is a list of (first day, last day) of the dates in the fields.
    """
    message = _(
        "The text mentions %(date)s, but no date in the form matches. Correct one of them."
    )
    for field, text in texts(item):
        for mention in dates_in(text, field.language):
            is_known = any(first <= mention.value <= last for first, last in known)
            if known and not is_known and mention.is_near(words):
                yield warning(message % {"date": mention.text}, field.name)


def days_of(instant, precision, zone):
    """Return the (first day, last day) covered by an instant of this precision.

    For a deadline at midnight, the previous day matches as well.
    """
    local = instant.astimezone(zone)
    day = local.date()
    if precision == "year":
        return day.replace(month=1, day=1), day.replace(month=12, day=31)
    if precision == "month":
        following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        return day.replace(day=1), following - timedelta(days=1)
    return (local - timedelta(minutes=1)).date(), day


def contradicted_amounts(item, known, currency, *, is_approximate=False):
    """Yield a warning for each amount called the budget that is none of the `known` ones."""
    message = _(
        "The text mentions %(amount)s, but no amount in the form matches. Correct one of them."
    )
    for field, text in texts(item):
        for mention in amounts_in(text, currency):
            is_about = is_approximate or ABOUT.search(mention.sentence)
            is_known = any(agrees(mention, amount, is_about) for amount in known)
            if known and not is_known and is_total(mention):
                yield warning(message % {"amount": mention.text.strip()}, field.name)


def is_total(mention):
    return mention.is_near(BUDGET) and not PART.search(mention.sentence)


def agrees(mention, amount, is_about):
    """Return whether a mention equals an amount at its precision ("12 million" for 12.3)."""
    off = abs(mention.value - amount)
    return off <= mention.unit / 2 or bool(is_about and off <= amount * TOLERANCE)
