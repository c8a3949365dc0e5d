"""Funders' matrix of a call: rows for a reader's place and kind, and a table to download.

Works on offers in memory, so that it also serves versions and previews.
"""

from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.models import Organisation
from localisation.fields import country_name
from search.text import fold


@dataclass(frozen=True)
class Place:
    """A country (ISO code) and a region in it (NUTS code, or "" if not specified)."""

    country: str = ""
    region: str = ""


def funder_places(offers):
    """Return {code: (label, Place)} of the countries and regions of the funders, by label."""
    places = {}
    for offer in offers:
        if offer.is_open_to_all_countries:
            continue
        country = country_name(offer.country)
        places[offer.country] = (country, Place(offer.country))
        if offer.region:
            label = f"{country} – {offer.region.name}"
            places[offer.region_id] = (label, Place(offer.country, offer.region_id))
    return dict(sorted(places.items(), key=lambda item: fold(item[1][0])))


@dataclass(frozen=True)
class MatrixRow:
    """A funder's offer with the funder's contacts."""

    offer: object
    contacts: list
    #: True or False if the reader's eligibility is known; None if it isn't, or without a
    #: filter.
    fits: bool | None = None


class Matrix:
    """Offers of a call, those that fit the reader first.

    `place` is a Place or None, `kind` a kind of organisation or "".
    """

    def __init__(self, call, place=None, kind=""):
        self.call = call
        self.place = place
        self.kind = kind
        self.offers = list(call.offers.all())
        prefetch_related_objects(self.offers, "region", "rules_document__versions")

    @property
    def is_filtered(self):
        return bool(self.place or self.kind)

    @cached_property
    def contacts(self):
        contacts = {}
        for contact in self.call.contacts.all():
            contacts.setdefault(contact.organisation_id, []).append(contact)
        return contacts

    @cached_property
    def rows(self):
        """MatrixRows of the offers that may fit; those that certainly fit come first."""
        rows = [self.row(offer, self.match_reader(offer)) for offer in self.offers]
        if not self.is_filtered:
            return rows
        fitting = [row for row in rows if row.fits is not False]
        return sorted(fitting, key=lambda row: row.fits is None)

    @cached_property
    def other_rows(self):
        """MatrixRows of the offers that don't fit."""
        shown = {row.offer.pk for row in self.rows}
        return [self.row(offer, False) for offer in self.offers if offer.pk not in shown]

    def row(self, offer, fits):
        return MatrixRow(offer, self.contacts.get(offer.organisation_id, []), fits)

    def match_reader(self, offer):
        """Return True or False if an offer fits the reader, or None if that isn't known."""
        matches = []
        if self.place:
            matches.append(offer.covers(self.place.country, self.place.region))
        if self.kind:
            matches.append(offer.funds_kind(self.kind))
        if False in matches:
            return False
        return True if matches and None not in matches else None

    @cached_property
    def columns(self):
        """Names of the columns that at least one offer fills."""
        filled = {
            "programme": lambda offer: offer.programme,
            "expected_partners": lambda offer: offer.expected_partners is not None,
            "maximum": lambda offer: (
                offer.max_per_partner is not None or offer.max_per_coordinator is not None
            ),
            "eligible_kinds": lambda offer: offer.eligible_kinds,
            "trl": lambda offer: offer.trl_from or offer.trl_to,
            "costs": lambda offer: offer.eligible_costs or offer.ineligible_costs,
            "extra_step": lambda offer: offer.has_extra_step,
            "contacts": lambda offer: self.contacts.get(offer.organisation_id),
            "rules": lambda offer: offer.available_rules,
        }
        return {name for name, is_filled in filled.items() if any(map(is_filled, self.offers))}


# --- Table to download ------------------------------------------------------------------

#: Header -> function of an offer, for the columns before the funding rates.
COLUMNS_BEFORE_RATES = {
    gettext_lazy("Funder"): lambda offer: offer.organisation.name,
    gettext_lazy("Acronym"): lambda offer: offer.organisation.acronym,
    gettext_lazy("ROR id"): lambda offer: offer.organisation.ror_id,
    gettext_lazy("Country"): lambda offer: country_name(offer.country),
    gettext_lazy("Country code"): lambda offer: offer.country,
    gettext_lazy("Region"): lambda offer: offer.region and offer.region.name,
    gettext_lazy("NUTS code"): lambda offer: offer.region_id,
    gettext_lazy("Programme"): lambda offer: offer.programme,
    gettext_lazy("Budget"): lambda offer: offer.amount,
    gettext_lazy("Currency"): lambda offer: offer.amount_currency,
    gettext_lazy("Budget is approximate"): lambda offer: yes_or_no(offer.amount_is_approximate),
    gettext_lazy("Partners expected to be funded"): lambda offer: offer.expected_partners,
    gettext_lazy("Maximum per partner"): lambda offer: offer.max_per_partner,
    gettext_lazy("Maximum per coordinator"): lambda offer: offer.max_per_coordinator,
    gettext_lazy("TRL from"): lambda offer: offer.trl_from,
    gettext_lazy("TRL to"): lambda offer: offer.trl_to,
    gettext_lazy("Eligible kinds of organisation"): lambda offer: ", ".join(
        str(label) for label, _rate in offer.rates()
    ),
}
#: The same for the columns after the funding rates.
COLUMNS_AFTER_RATES = {
    gettext_lazy("Eligible costs"): lambda offer: offer.eligible_costs,
    gettext_lazy("Ineligible costs"): lambda offer: offer.ineligible_costs,
    gettext_lazy("Extra national step"): lambda offer: offer.extra_step,
    gettext_lazy("Deadline of that step"): lambda offer: (
        offer.extra_step_at and offer.extra_step_at.astimezone(ZoneInfo(offer.timezone))
    ),
    gettext_lazy("Time zone"): lambda offer: offer.timezone if offer.extra_step_at else "",
    gettext_lazy("Form of that step"): lambda offer: offer.extra_step_url,
}


def yes_or_no(value):
    return _("yes") if value else _("no")


def funders_table(call):
    """Yield the rows of the matrix for `lists.exports`, headers first."""
    matrix = Matrix(call)
    kinds = Organisation.Kind.choices
    rates = [_("Funding rate in %%: %(kind)s") % {"kind": label} for _kind, label in kinds]
    last_headers = [_("Contacts"), _("Document with the funding rules"), _("Web address")]
    yield [
        *map(str, COLUMNS_BEFORE_RATES),
        *rates,
        *map(str, COLUMNS_AFTER_RATES),
        *last_headers,
    ]
    for row in matrix.rows:
        yield [
            *(value(row.offer) for value in COLUMNS_BEFORE_RATES.values()),
            *(row.offer.rate(kind) for kind, _label in kinds),
            *(value(row.offer) for value in COLUMNS_AFTER_RATES.values()),
            ", ".join(map(contact_line, row.contacts)),
            rules_url(row.offer),
            f"{settings.PORTAL_URL}{call.get_absolute_url()}#{row.offer.anchor}",
        ]


def contact_line(contact):
    return " ".join(filter(None, [contact.name, contact.email, contact.phone]))


def rules_url(offer):
    rules = offer.available_rules
    return f"{settings.PORTAL_URL}{rules.get_absolute_url()}" if rules else ""
