"""Limits of funders on a partner."""

from django.utils.translation import gettext as _

from calls.consortium.report import Finding, Outcome, PartnerReport
from calls.fields import percent
from initiatives.models import Organisation
from localisation.fields import country_name
from localisation.formats import money


def check_partner(partner, offer):
    """Return the PartnerReport of a partner; `offer` is that of its funder, or None."""
    if partner.is_self_funded:
        text = _("Self-funded: no funding rules apply.")
        return PartnerReport(partner, findings=[Finding(Outcome.PASS, text)])
    if offer is None:
        text = _("Choose the funder that this partner applies to.")
        return PartnerReport(partner, findings=[Finding(Outcome.UNKNOWN, text)])
    names = {"funder": offer.organisation.short_name}
    results = [check_limit(partner, offer, names) for check_limit in LIMIT_CHECKS]
    return PartnerReport(partner, offer, [Finding(*result) for result in results if result])


def check_place(partner, offer, names):
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


def check_kind(partner, offer, names):
    if not offer.eligible_kinds:
        message = _(
            "This page does not say which kinds of organisation %(funder)s funds. Ask the "
            "funder."
        )
        return Outcome.UNKNOWN, message % names
    if not partner.kind:
        return Outcome.UNKNOWN, _("Choose what kind of organisation this partner is.")
    names = {**names, "kind": Organisation.Kind(partner.kind).label}
    if not offer.funds_kind(partner.kind):
        return Outcome.FAIL, _(
            "%(funder)s does not fund this kind of organisation: %(kind)s."
        ) % names
    if (rate := offer.rate(partner.kind)) is None:
        return Outcome.PASS, _("%(funder)s funds this kind of organisation: %(kind)s.") % names
    names["rate"] = percent(rate)
    return Outcome.PASS, _(
        "%(funder)s funds this kind of organisation at %(rate)s: %(kind)s."
    ) % names


def check_amount(partner, offer, names):
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
LIMIT_CHECKS = (check_place, check_kind, check_amount)
