"""Check of a consortium against the rules of a call and the limits of its funders.

A partner whose country or funder isn't chosen yet may or may not count. So every count has a
lower and an upper bound, and a rule passes or fails only if it does so for both bounds;
otherwise its outcome is UNKNOWN.
"""

from collections import Counter

from django.utils.translation import gettext as _

from calls.consortium.limits import check_partner
from calls.consortium.report import Outcome, Report, Verdict
from calls.models import ConsortiumRule
from localisation.fields import country_name, country_names

Kind = ConsortiumRule.Kind


def check(rules, offers, partners):
    """Return the Report on `partners`, a list of Partner.

    `rules` are the ConsortiumRules of a call, `offers` its FunderOffers.
    """
    by_slug = {offer.slug: offer for offer in offers}
    return Report(
        rules=[judge(rule, partners) for rule in rules],
        partners=[check_partner(partner, by_slug.get(partner.funder)) for partner in partners],
    )


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
