"""Partners of a consortium, and the report on them."""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy

from calls.models import ConsortiumRule

#: Value of `Partner.funder` for a partner that pays for itself.
SELF_FUNDED = "own"


class Outcome(models.TextChoices):
    PASS = "pass", gettext_lazy("Met")
    FAIL = "fail", gettext_lazy("Not met")
    UNKNOWN = "unknown", gettext_lazy("More details needed")


@dataclass(frozen=True)
class Partner:
    """One partner of a consortium; unknown values are empty."""

    #: Counted from 1, as shown on the page.
    number: int = 1
    country: str = ""
    region: str = ""
    kind: str = ""
    #: Slug of the funder that the partner applies to, or SELF_FUNDED.
    funder: str = ""
    is_coordinator: bool = False
    amount: Decimal | None = None

    @property
    def is_self_funded(self):
        return self.funder == SELF_FUNDED

    @property
    def applies_for_funding(self):
        return bool(self.funder) and not self.is_self_funded


@dataclass(frozen=True)
class RuleReport:
    """Result of one rule, with the reason as text."""

    rule: ConsortiumRule
    outcome: Outcome
    reason: str


@dataclass(frozen=True)
class Finding:
    """Result of one limit of a funder."""

    outcome: Outcome
    text: str


@dataclass(frozen=True)
class PartnerReport:
    """Findings on one partner; `offer` is None unless the partner applies to a funder."""

    partner: Partner
    offer: object = None
    findings: list = field(default_factory=list)

    @property
    def outcome(self):
        return worst(finding.outcome for finding in self.findings)


@dataclass(frozen=True)
class Report:
    """Results of all rules (list of RuleReport) and all partners (list of PartnerReport)."""

    rules: list
    partners: list

    @cached_property
    def outcome(self):
        return worst(part.outcome for part in [*self.rules, *self.partners])

    def count(self, outcome):
        return sum(part.outcome == outcome for part in [*self.rules, *self.partners])

    @property
    def failed_count(self):
        return self.count(Outcome.FAIL)

    @property
    def unknown_count(self):
        return self.count(Outcome.UNKNOWN)


def worst(outcomes):
    """Return FAIL if any outcome is FAIL, else UNKNOWN if any is UNKNOWN, else PASS."""
    outcomes = set(outcomes)
    order = (Outcome.FAIL, Outcome.UNKNOWN)
    return next((outcome for outcome in order if outcome in outcomes), Outcome.PASS)
