"""Facets of calls whose values are worked out: of deadline, budget and the funders' rows."""

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.db import models
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from calls.status import OVER, windows_of
from lists.facets import CountedRadioButtons, OrderedFacet

#: Bands are of this currency: amounts in others are not compared with them.
CURRENCY = "EUR"


class Budget(models.TextChoices):
    UP_TO_1 = "up-to-1m", _("Up to €1 million")
    UP_TO_5 = "1m-5m", _("€1 to 5 million")
    UP_TO_20 = "5m-20m", _("€5 to 20 million")
    ABOVE = "above-20m", _("More than €20 million")
    OTHER = "other-currency", _("In another currency")
    UNKNOWN = "unknown", _("Not known")


#: Kind of applicant where a funder, or a call, names none.
UNKNOWN = "unknown"

#: band -> more than, up to
BANDS = {
    Budget.UP_TO_1: (None, 1_000_000),
    Budget.UP_TO_5: (1_000_000, 5_000_000),
    Budget.UP_TO_20: (5_000_000, 20_000_000),
    Budget.ABOVE: (20_000_000, None),
}


def band_of(budget, currency):
    """The band of a total budget (None for one that isn't known)."""
    if budget is None:
        return Budget.UNKNOWN
    if currency != CURRENCY:
        return Budget.OTHER
    return next(b for b, (_more, most) in BANDS.items() if most is None or budget <= most)


def within(band):
    """The same as a condition for the database."""
    if band == Budget.UNKNOWN:
        return Q(budget=None)
    if band == Budget.OTHER:
        return Q(budget__isnull=False) & ~Q(budget_currency=CURRENCY)
    more, most = BANDS[band]
    condition = Q(budget_currency=CURRENCY, budget__isnull=False)
    condition &= Q() if more is None else Q(budget__gt=Decimal(more))
    return condition & (Q() if most is None else Q(budget__lte=Decimal(most)))


@dataclass(frozen=True)
class WindowFacet(OrderedFacet):
    """Counts the calls by the time until their next deadline; readers may choose one."""

    widget = CountedRadioButtons

    def columns(self):
        return ["status_now", self.path]

    def values_of(self, status, deadline):
        return () if deadline is None and status in OVER else windows_of(deadline)


class BudgetFacet(OrderedFacet):
    """Counts the bands of the total budget."""

    def columns(self):
        return ["budget", "budget_currency"]

    def values_of(self, budget, currency):
        return (band_of(budget, currency),)


@lru_cache(maxsize=10_000)
def _kinds(rates):
    return tuple(json.loads(rates or "{}")) or (UNKNOWN,)


class ApplicantFacet(OrderedFacet):
    """Counts the kinds of organisation that any of a call's funders pays.

    They are not known of a funder that names none, and of a call without funders.
    """

    def columns(self):
        return [Cast(self.path, TextField())]

    def values_of(self, rates):
        return _kinds(rates)


class ReadinessFacet(OrderedFacet):
    """Counts the technology readiness levels between those of any of a call's funders."""

    def columns(self):
        return [f"{self.path}__trl_from", f"{self.path}__trl_to"]

    def values_of(self, low, high):
        if low is None and high is None:
            return ()
        return map(str, range(low or 1, (high or 9) + 1))
