"""Budgets and terms of the funders of a call."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calls.fields import FundingRatesField, percent
from calls.models.call import Call
from initiatives.models import Organisation, Region
from localisation.fields import AmountField, CurrencyField, TimeZoneField
from media.models import Document
from publishing.constraints import FieldCheck
from publishing.models import Row

READINESS = [MinValueValidator(1), MaxValueValidator(9)]


class FunderOffer(Row):
    """A row of the funders' matrix: one organisation's budget and terms."""

    call = models.ForeignKey(
        Call, verbose_name=_("call"), on_delete=models.CASCADE, related_name="offers"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("funder"),
        on_delete=models.PROTECT,
        related_name="offers",
    )
    region = models.ForeignKey(
        Region,
        verbose_name=_("funds only in this region"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Leave empty for a funder that funds in its whole country."),
    )
    programme = models.CharField(
        _("programme"),
        max_length=200,
        blank=True,
        help_text=_(
            "The programme that the money comes from, under the funder’s own name for it."
        ),
    )
    amount = AmountField(_("budget"), null=True, blank=True)
    amount_currency = CurrencyField()
    amount_is_approximate = models.BooleanField(_("budget is approximate"), default=False)
    expected_partners = models.PositiveIntegerField(
        _("partners expected to be funded"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(10_000)],
    )
    max_per_partner = AmountField(
        _("maximum per partner"), null=True, blank=True, help_text=_("In the same currency.")
    )
    max_per_coordinator = AmountField(
        _("maximum per coordinator"),
        null=True,
        blank=True,
        help_text=_("Only where it differs."),
    )
    trl_from = models.PositiveSmallIntegerField(
        _("TRL from"),
        null=True,
        blank=True,
        validators=READINESS,
        help_text=_("Technology readiness level, 1 to 9."),
    )
    trl_to = models.PositiveSmallIntegerField(
        _("TRL to"), null=True, blank=True, validators=READINESS
    )
    eligible_kinds = FundingRatesField(
        _("who can get funding, and at which rate"),
        help_text=_("Select nothing while this is not known. The rate is optional."),
    )
    eligible_costs = models.TextField(_("eligible costs"), max_length=1000, blank=True)
    ineligible_costs = models.TextField(_("ineligible costs"), max_length=1000, blank=True)
    extra_step = models.TextField(
        _("extra national step"),
        max_length=1000,
        blank=True,
        help_text=_("What this funder’s applicants must do in addition to the joint proposal."),
    )
    extra_step_at = models.DateTimeField(_("deadline of that step"), null=True, blank=True)
    timezone = TimeZoneField()
    extra_step_url = models.URLField(_("form of that step"), max_length=500, blank=True)
    rules_document = models.ForeignKey(
        Document,
        verbose_name=_("document with the funding rules"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta(Row.Meta):
        verbose_name = _("funder")
        verbose_name_plural = _("funders")
        constraints = [
            models.UniqueConstraint(
                fields=["call", "organisation"], name="calls_offer_is_one_per_funder"
            ),
            FieldCheck(
                field="trl_to",
                condition=Q(trl_from=None) | Q(trl_to=None) | Q(trl_to__gte=F("trl_from")),
                name="calls_offer_trl_ends_where_it_starts_or_above",
                violation_error_message=_("The highest TRL must not be below the lowest."),
            ),
        ]

    def __str__(self):
        return str(self.organisation)

    @property
    def slug(self):
        """Slug of the funder, in the anchor of its row and in the consortium checker."""
        return self.organisation.slug

    @property
    def anchor(self):
        return f"funder-{self.slug}"

    @property
    def currency(self):
        """Currency of all amounts."""
        return self.amount_currency

    @property
    def country(self):
        return self.organisation.country

    @property
    def is_open_to_all_countries(self):
        return self.organisation.kind == Organisation.Kind.INTERNATIONAL

    def covers(self, country, region=""):
        """Return True or False if it funds partners in a place, or None if that isn't known.

        `country` is an ISO code, `region` a NUTS code; "" means that they aren't known.
        """
        if self.is_open_to_all_countries:
            return True
        if country != self.country:
            return False if country else None
        region_code = self.region_id or ""
        if region.startswith(region_code):
            return True
        return None if region_code.startswith(region) else False

    def funds_kind(self, kind):
        """Return True or False if it funds a kind of organisation, or None if not known."""
        return kind in self.eligible_kinds if kind and self.eligible_kinds else None

    def rate(self, kind):
        """Return the funding rate of a kind of organisation in percent, or None."""
        return self.eligible_kinds.get(kind)

    def rates(self):
        """Return (label, rate as text) of each eligible kind; the rate is "" if not known."""
        known = self.eligible_kinds
        return [
            (label, percent(known[kind]))
            for kind, label in Organisation.Kind.choices
            if kind in known
        ]

    @property
    def trl_range(self):
        """TRL range such as "3–6", "from 3" or "up to 6"; empty if not known."""
        values = {"low": self.trl_from, "high": self.trl_to}
        if self.trl_from and self.trl_to:
            return "–".join(dict.fromkeys([str(self.trl_from), str(self.trl_to)]))
        if self.trl_from:
            return gettext("from %(low)d") % values
        return gettext("up to %(high)d") % values if self.trl_to else ""

    @property
    def has_extra_step(self):
        return bool(self.extra_step or self.extra_step_at or self.extra_step_url)

    def maximum(self, *, is_coordinator):
        """Return the maximum amount for one partner, or None if it isn't known."""
        maximum = self.max_per_coordinator if is_coordinator else None
        return self.max_per_partner if maximum is None else maximum

    @property
    def available_rules(self):
        """Document with the funder's rules if readers may open it, else None."""
        document = self.rules_document
        return document if document and document.is_available and document.current else None
