"""Computed facets of calls: deadline, budget, kind of applicant and TRL."""

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

#: Currency of the bands; amounts in other currencies are not compared with them.
CURRENCY = "EUR"


class Budget(models.TextChoices):
    UP_TO_1 = "up-to-1m", _("Up to €1 million")
    UP_TO_5 = "1m-5m", _("€1 to 5 million")
    UP_TO_20 = "5m-20m", _("€5 to 20 million")
    ABOVE = "above-20m", _("More than €20 million")
    OTHER = "other-currency", _("In another currency")
    UNKNOWN = "unknown", _("Not known")


#: Kind of applicant for a call without funders, or a funder that lists no eligible kinds.
UNKNOWN = "unknown"

#: Band -> (exclusive lower limit, inclusive upper limit); None means no limit.
BANDS = {
    Budget.UP_TO_1: (None, 1_000_000),
    Budget.UP_TO_5: (1_000_000, 5_000_000),
    Budget.UP_TO_20: (5_000_000, 20_000_000),
    Budget.ABOVE: (20_000_000, None),
}


def band_of(budget, currency):
    """Return the band of a total budget; `budget` is None where it isn't known."""
    if budget is None:
        return Budget.UNKNOWN
    if currency != CURRENCY:
        return Budget.OTHER
    return next(b for b, (_lower, upper) in BANDS.items() if upper is None or budget <= upper)


def budget_condition(band):
    """Return a Q object for the calls in a band, by the rules of `band_of`."""
    if band == Budget.UNKNOWN:
        return Q(budget=None)
    if band == Budget.OTHER:
        return Q(budget__isnull=False) & ~Q(budget_currency=CURRENCY)
    lower, upper = BANDS[band]
    condition = Q(budget_currency=CURRENCY, budget__isnull=False)
    condition &= Q() if lower is None else Q(budget__gt=Decimal(lower))
    return condition & (Q() if upper is None else Q(budget__lte=Decimal(upper)))


@dataclass(frozen=True)
class WindowFacet(OrderedFacet):
    """Facet of the time until the next deadline; single choice."""

    widget = CountedRadioButtons

    def columns(self):
        return ["status_now", self.path]

    def values_of(self, status, deadline):
        return () if deadline is None and status in OVER else windows_of(deadline)


class BudgetFacet(OrderedFacet):
    """Facet of the bands of the total budget."""

    def columns(self):
        return ["budget", "budget_currency"]

    def values_of(self, budget, currency):
        return (band_of(budget, currency),)


@lru_cache(maxsize=10_000)
def _kinds(rates):
    return tuple(json.loads(rates or "{}")) or (UNKNOWN,)


class ApplicantFacet(OrderedFacet):
    """Facet of the kinds of organisation that any of a call's funders pays.

    A call without funders, or with a funder that lists no kinds, counts as UNKNOWN.
    """

    def columns(self):
        return [Cast(self.path, TextField())]

    def values_of(self, rates):
        return _kinds(rates)


class ReadinessFacet(OrderedFacet):
    """Facet of the technology readiness levels that any of a call's funders accepts."""

    def columns(self):
        return [f"{self.path}__trl_from", f"{self.path}__trl_to"]

    def values_of(self, low, high):
        if low is None and high is None:
            return ()
        return map(str, range(low or 1, (high or 9) + 1))
