"""Check of a consortium against the rules of a call and the limits of its funders.

A partner whose country or funder isn't chosen yet may or may not count. So every count has a
lower and an upper bound, and a rule passes or fails only if it does so for both bounds;
otherwise its outcome is UNKNOWN.
"""

from collections import Counter

from django.utils.translation import gettext as _

from calls.consortium.limits import check_partner
from calls.consortium.report import Outcome, Report, RuleReport
from calls.models import ConsortiumRule
from localisation.fields import country_name, country_names

Kind = ConsortiumRule.Kind


def check_consortium(rules, offers, partners):
    """Return the Report on `partners`, a list of Partner.

    `rules` are the ConsortiumRules of a call, `offers` its FunderOffers.
    """
    by_slug = {offer.slug: offer for offer in offers}
    return Report(
        rules=[check_rule(rule, partners) for rule in rules],
        partners=[check_partner(partner, by_slug.get(partner.funder)) for partner in partners],
    )


def check_rule(rule, partners):
    """Return the RuleReport of one rule."""
    outcome, reason = RULE_CHECKS[rule.kind](rule, partners)
    return RuleReport(rule, outcome, reason)


def counted_partners(rule, partners):
    """Return (partners that count for a rule, partners that may count).

    The second list includes the first.
    """
    if rule.counts == rule.Counts.ALL:
        return partners, partners
    possible = [partner for partner in partners if not partner.is_self_funded]
    return [partner for partner in possible if partner.applies_for_funding], possible


def partners_in_countries(rule, partners):
    """Return the same pair as `counted_partners`, limited to the countries of the rule."""
    certain, possible = counted_partners(rule, partners)
    if not (codes := rule.country_codes):
        return certain, possible
    return (
        [partner for partner in certain if partner.country in codes],
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


def count_text(low, high):
    """Return the bounds of a count as text."""
    if low == high:
        return _("Counted: %(number)d.") % {"number": low}
    message = _("Counted: %(low)d to %(high)d, depending on the details still missing.")
    return message % {"low": low, "high": high}


def check_min_partners(rule, partners):
    low, high = map(len, partners_in_countries(rule, partners))
    return at_least(rule.number, low, high), count_text(low, high)


def check_max_partners(rule, partners):
    low, high = map(len, partners_in_countries(rule, partners))
    return at_most(rule.number, low, high), count_text(low, high)


def check_min_countries(rule, partners):
    certain, possible = partners_in_countries(rule, partners)
    known = {partner.country for partner in certain if partner.country}
    without_country = sum(not partner.country for partner in possible)
    high = len({partner.country for partner in possible if partner.country}) + without_country
    return at_least(rule.number, len(known), high), countries_or_count(known, high)


def countries_or_count(countries, high):
    if len(countries) != high or not countries:
        return count_text(len(countries), high)
    return country_names(countries)


def check_max_per_country(rule, partners):
    certain, possible = partners_in_countries(rule, partners)
    low, _country = most_frequent(certain)
    high, country = most_frequent(possible)
    high += sum(not partner.country for partner in possible)
    if low != high or not country:
        return at_most(rule.number, low, high), count_text(low, high)
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


def check_max_self_funded(rule, partners):
    low = sum(partner.is_self_funded for partner in partners)
    high = sum(not partner.applies_for_funding for partner in partners)
    return at_most(rule.number, low, high), count_text(low, high)


def check_required_kind(rule, partners):
    certain, possible = partners_in_countries(rule, partners)
    low = sum(partner.kind in rule.organisation_kinds for partner in certain)
    high = sum(p.kind in rule.organisation_kinds or not p.kind for p in possible)
    return at_least(rule.number, low, high), count_text(low, high)


def coordinator_of(partners):
    return next((partner for partner in partners if partner.is_coordinator), None)


def check_coordinator_country(rule, partners):
    coordinator = coordinator_of(partners)
    if coordinator is None:
        return Outcome.UNKNOWN, _("No partner is named as coordinator.")
    if not coordinator.country:
        return Outcome.UNKNOWN, _("Choose the coordinator’s country.")
    is_met = coordinator.country in rule.country_codes
    name = country_name(coordinator.country)
    return Outcome.PASS if is_met else Outcome.FAIL, name


def check_coordinator_funded(rule, partners):
    coordinator = coordinator_of(partners)
    if coordinator is None:
        return Outcome.UNKNOWN, _("No partner is named as coordinator.")
    if coordinator.is_self_funded:
        return Outcome.FAIL, _("The coordinator is self-funded.")
    if not coordinator.funder:
        return Outcome.UNKNOWN, _("Choose the coordinator’s funder.")
    return Outcome.PASS, _("The coordinator applies to a funder of the call.")


#: Kind of rule -> function of a rule and the partners that returns (Outcome, reason).
RULE_CHECKS = {
    Kind.MIN_PARTNERS: check_min_partners,
    Kind.MAX_PARTNERS: check_max_partners,
    Kind.MIN_COUNTRIES: check_min_countries,
    Kind.MAX_PER_COUNTRY: check_max_per_country,
    Kind.MAX_SELF_FUNDED: check_max_self_funded,
    Kind.REQUIRED_KIND: check_required_kind,
    Kind.COORDINATOR_COUNTRY: check_coordinator_country,
    Kind.COORDINATOR_FUNDED: check_coordinator_funded,
}
