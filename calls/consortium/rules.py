"""Check of a consortium against the rules of a call and the limits of its funders.

A partner whose country or funder isn't chosen yet may or may not count. So every count has a
lower and an upper bound, and a rule passes or fails only if it does so for both bounds;
otherwise its outcome is UNKNOWN.
"""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calls.fields import percent
from calls.models import ConsortiumRule
from initiatives.models import Organisation
from localisation.fields import country_name, country_names
from localisation.formats import money

#: Value of `Partner.funder` for a partner that pays for itself.
OWN_MONEY = "own"
Kind = ConsortiumRule.Kind


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
    #: Slug of the funder that the partner applies to, or OWN_MONEY.
    funder: str = ""
    is_coordinator: bool = False
    amount: Decimal | None = None

    @property
    def is_self_funded(self):
        return self.funder == OWN_MONEY

    @property
    def asks_a_funder(self):
        return bool(self.funder) and not self.is_self_funded


@dataclass(frozen=True)
class Verdict:
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
    """Results of all rules (list of Verdict) and all partners (list of PartnerReport)."""

    rules: list
    partners: list

    @cached_property
    def outcome(self):
        return worst(part.outcome for part in [*self.rules, *self.partners])

    def count(self, outcome):
        return sum(part.outcome == outcome for part in [*self.rules, *self.partners])

    @property
    def broken(self):
        return self.count(Outcome.FAIL)

    @property
    def still_open(self):
        return self.count(Outcome.UNKNOWN)


def worst(outcomes):
    """Return FAIL if any outcome is FAIL, else UNKNOWN if any is UNKNOWN, else PASS."""
    found = set(outcomes)
    order = (Outcome.FAIL, Outcome.UNKNOWN)
    return next((outcome for outcome in order if outcome in found), Outcome.PASS)


def check(rules, offers, partners):
    """Return the Report on `partners`, a list of Partner.

    `rules` are the ConsortiumRules of a call, `offers` its FunderOffers.
    """
    by_slug = {offer.slug: offer for offer in offers}
    return Report(
        rules=[judge(rule, partners) for rule in rules],
        partners=[check_partner(partner, by_slug.get(partner.funder)) for partner in partners],
    )


# --- Rules of the call ------------------------------------------------------------------


def judge(rule, partners):
    """Return the Verdict of one rule."""
    outcome, reason = JUDGES[rule.kind](rule, partners)
    return Verdict(rule, outcome, reason)


def counting(rule, partners):
    """Return (partners that count for a rule, partners that may count).

    The second list includes the first.
    """
    if rule.counts == rule.Counts.ALL:
        return partners, partners
    possible = [partner for partner in partners if not partner.is_self_funded]
    return [partner for partner in possible if partner.asks_a_funder], possible


def within(rule, partners):
    """Return the same pair as `counting`, limited to the countries of the rule."""
    sure, possible = counting(rule, partners)
    if not (codes := rule.country_codes):
        return sure, possible
    return (
        [partner for partner in sure if partner.country in codes],
        [partner for partner in possible if not partner.country or partner.country in codes],
    )


def at_least(number, low, high):
    """Return the Outcome of a minimum, for a count between `low` and `high`."""
    if low >= number:
        return Outcome.PASS
    return Outcome.UNKNOWN if high >= number else Outcome.FAIL


def at_most(number, low, high):
    """Return the Outcome of a maximum, for a count between `low` and `high`."""
    if low > number:
        return Outcome.FAIL
    return Outcome.PASS if high <= number else Outcome.UNKNOWN


def counted(low, high):
    """Return the bounds of a count as text."""
    if low == high:
        return _("Counted: %(number)d.") % {"number": low}
    message = _("Counted: %(low)d to %(high)d, depending on the details still missing.")
    return message % {"low": low, "high": high}


def enough_partners(rule, partners):
    low, high = map(len, within(rule, partners))
    return at_least(rule.number, low, high), counted(low, high)


def few_enough_partners(rule, partners):
    low, high = map(len, within(rule, partners))
    return at_most(rule.number, low, high), counted(low, high)


def enough_countries(rule, partners):
    sure, possible = within(rule, partners)
    known = {partner.country for partner in sure if partner.country}
    nowhere = sum(not partner.country for partner in possible)
    high = len({partner.country for partner in possible if partner.country}) + nowhere
    return at_least(rule.number, len(known), high), names_or_count(known, high)


def names_or_count(countries, high):
    if len(countries) != high or not countries:
        return counted(len(countries), high)
    return country_names(countries)


def few_enough_per_country(rule, partners):
    sure, possible = within(rule, partners)
    low, _country = most_frequent(sure)
    high, country = most_frequent(possible)
    high += sum(not partner.country for partner in possible)
    if low != high or not country:
        return at_most(rule.number, low, high), counted(low, high)
    name = country_name(country)
    message = _("Largest number from one country: %(number)d (%(country)s).")
    return at_most(rule.number, low, high), message % {"country": name, "number": low}


def most_frequent(partners):
    """Return (number of partners, country) of the country with most partners, or (0, "")."""
    countries = Counter(partner.country for partner in partners if partner.country)
    if not countries:
        return 0, ""
    ((country, number),) = countries.most_common(1)
    return number, country


def few_enough_self_funded(rule, partners):
    low = sum(partner.is_self_funded for partner in partners)
    high = sum(not partner.asks_a_funder for partner in partners)
    return at_most(rule.number, low, high), counted(low, high)


def required_kind(rule, partners):
    sure, possible = within(rule, partners)
    low = sum(partner.kind in rule.organisation_kinds for partner in sure)
    high = sum(p.kind in rule.organisation_kinds or not p.kind for p in possible)
    return at_least(rule.number, low, high), counted(low, high)


def coordinator_of(partners):
    return next((partner for partner in partners if partner.is_coordinator), None)


def country_of_coordinator(rule, partners):
    coordinator = coordinator_of(partners)
    if coordinator is None:
        return Outcome.UNKNOWN, _("No partner is named as coordinator.")
    if not coordinator.country:
        return Outcome.UNKNOWN, _("Choose the coordinator’s country.")
    is_kept = coordinator.country in rule.country_codes
    name = country_name(coordinator.country)
    return Outcome.PASS if is_kept else Outcome.FAIL, name


def funder_of_coordinator(rule, partners):
    coordinator = coordinator_of(partners)
    if coordinator is None:
        return Outcome.UNKNOWN, _("No partner is named as coordinator.")
    if coordinator.is_self_funded:
        return Outcome.FAIL, _("The coordinator is self-funded.")
    if not coordinator.funder:
        return Outcome.UNKNOWN, _("Choose the coordinator’s funder.")
    return Outcome.PASS, _("The coordinator applies to a funder of the call.")


#: Kind of rule -> function of a rule and the partners that returns (Outcome, reason).
JUDGES = {
    Kind.MIN_PARTNERS: enough_partners,
    Kind.MAX_PARTNERS: few_enough_partners,
    Kind.MIN_COUNTRIES: enough_countries,
    Kind.MAX_PER_COUNTRY: few_enough_per_country,
    Kind.MAX_SELF_FUNDED: few_enough_self_funded,
    Kind.REQUIRED_KIND: required_kind,
    Kind.COORDINATOR_COUNTRY: country_of_coordinator,
    Kind.COORDINATOR_FUNDED: funder_of_coordinator,
}


# --- Limits of the funders --------------------------------------------------------------


def check_partner(partner, offer):
    """Return the PartnerReport of a partner; `offer` is that of its funder, or None."""
    if partner.is_self_funded:
        text = _("Self-funded: no funding rules apply.")
        return PartnerReport(partner, findings=[Finding(Outcome.PASS, text)])
    if offer is None:
        text = _("Choose the funder that this partner applies to.")
        return PartnerReport(partner, findings=[Finding(Outcome.UNKNOWN, text)])
    names = {"funder": offer.organisation.short_name}
    answers = [judge_limit(partner, offer, names) for judge_limit in LIMITS]
    return PartnerReport(partner, offer, [Finding(*answer) for answer in answers if answer])


def place_limit(partner, offer, names):
    if offer.is_open_to_all_countries:
        return None
    country = country_name(offer.country)
    place = f"{country} ({offer.region.name})" if offer.region else country
    names = {**names, "place": place}
    covers = offer.covers(partner.country, partner.region)
    if covers:
        return Outcome.PASS, _("%(funder)s funds partners in %(place)s.") % names
    if covers is False:
        return Outcome.FAIL, _("%(funder)s only funds partners in %(place)s.") % names
    message = _(
        "%(funder)s only funds partners in %(place)s. Enter this partner’s country or region."
    )
    return Outcome.UNKNOWN, message % names


def kind_limit(partner, offer, names):
    if not offer.eligible_kinds:
        message = _(
            "This page does not say which kinds of organisation %(funder)s funds. Ask the "
            "funder."
        )
        return Outcome.UNKNOWN, message % names
    if not partner.kind:
        return Outcome.UNKNOWN, _("Choose what kind of organisation this partner is.")
    names = {**names, "kind": Organisation.Kind(partner.kind).label}
    if not offer.pays(partner.kind):
        return Outcome.FAIL, _(
            "%(funder)s does not fund this kind of organisation: %(kind)s."
        ) % names
    if (rate := offer.rate(partner.kind)) is None:
        return Outcome.PASS, _("%(funder)s funds this kind of organisation: %(kind)s.") % names
    names["rate"] = percent(rate)
    return Outcome.PASS, _(
        "%(funder)s funds this kind of organisation at %(rate)s: %(kind)s."
    ) % names


def amount_limit(partner, offer, names):
    maximum = offer.maximum(is_coordinator=partner.is_coordinator)
    if partner.amount is None:
        return None
    names = {**names, "asked": money(partner.amount, offer.amount_currency)}
    if maximum is None:
        message = _(
            "This page does not say how much %(funder)s grants at most. Ask the funder."
        )
        return Outcome.UNKNOWN, message % names
    names["maximum"] = money(maximum, offer.amount_currency)
    if partner.amount > maximum:
        message = _(
            "%(asked)s is more than %(funder)s grants to one partner: at most %(maximum)s."
        )
        return Outcome.FAIL, message % names
    message = _(
        "%(asked)s is within the maximum that %(funder)s grants to one partner: %(maximum)s."
    )
    return Outcome.PASS, message % names


#: Each returns (Outcome, text), or None where the limit doesn't apply.
LIMITS = (place_limit, kind_limit, amount_limit)
