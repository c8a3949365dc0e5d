"""Numbers of applications to a call, and of successful ones."""

from itertools import combinations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calls.models.call import Call
from initiatives.models import Organisation
from localisation.fields import AmountField, CountryField, CurrencyField
from publishing.models import Row

#: No count is larger than any before it.
COUNTS = ("submitted", "eligible", "invited", "funded")


def not_more_than(smaller, larger):
    """Return a constraint that the field `smaller` is at most `larger`, if both are known."""
    unknown = Q(**{smaller: None}) | Q(**{larger: None})
    return models.CheckConstraint(
        condition=unknown | Q(**{f"{smaller}__lte": F(larger)}),
        name=f"calls_statistic_{smaller}_is_at_most_{larger}",
        violation_error_message=_(
            "No number may be larger than the one before it: submitted, eligible, invited, "
            "funded."
        ),
    )


def count_field(name, **kwargs):
    """Return a model field of a count; None means not known, 0 means none."""
    validators = [MaxValueValidator(10_000_000)]
    return models.PositiveIntegerField(
        name, null=True, blank=True, validators=validators, **kwargs
    )


class Statistic(Row):
    """Figures of one stage, for the whole call or for one funder or country."""

    class Stage(models.TextChoices):
        PRE_PROPOSAL = "pre-proposal", _("Pre-proposals")
        FULL_PROPOSAL = "full-proposal", _("Full proposals")
        WHOLE = "whole", _("Whole call")

    class Unit(models.TextChoices):
        PROPOSALS = "proposals", _("Proposals")
        PARTNERS = "partners", _("Partners in proposals")

    call = models.ForeignKey(
        Call, verbose_name=_("call"), on_delete=models.CASCADE, related_name="statistics"
    )
    stage = models.CharField(
        _("stage"),
        max_length=16,
        choices=Stage.choices,
        help_text=_("For a call with only one stage, choose “Whole call”."),
    )
    unit = models.CharField(
        _("what is counted"), max_length=16, choices=Unit.choices, default=Unit.PROPOSALS
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("funder"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Only for figures of one funder."),
    )
    country = CountryField(blank=True, help_text=_("Only for figures of one country."))
    submitted = count_field(
        _("submitted"), help_text=_("Leave a number empty if it is not known; 0 means none.")
    )
    eligible = count_field(_("eligible"))
    invited = count_field(_("invited to the next stage"))
    funded = count_field(_("funded"))
    amount_asked = AmountField(_("amount requested"), null=True, blank=True)
    amount_granted = AmountField(_("amount granted"), null=True, blank=True)
    currency = CurrencyField()
    as_of_on = models.DateField(_("as of"), null=True, blank=True)
    source_url = models.URLField(
        _("source"),
        max_length=500,
        blank=True,
        help_text=_("Page or document with these figures."),
    )
    note = models.CharField(
        _("note"),
        max_length=300,
        blank=True,
        help_text=_("What the figures include, if that is not obvious."),
    )

    class Meta(Row.Meta):
        verbose_name = _("success rate")
        verbose_name_plural = _("success rates")
        constraints = [
            not_more_than(smaller, larger) for larger, smaller in combinations(COUNTS, 2)
        ]

    def __str__(self):
        parts = [self.get_stage_display(), self.organisation, self.get_country_display()]
        return " · ".join(str(part) for part in parts if part)

    def clean(self):
        super().clean()
        figures = (*COUNTS, "amount_asked", "amount_granted")
        if all(getattr(self, name) is None for name in figures):
            raise ValidationError(gettext("Enter at least one figure, or remove this row."))

    @property
    def is_partial(self):
        """True if the figures are of one funder or country only."""
        return bool(self.organisation_id or self.country)

    @property
    def of(self):
        """Name of the funder, the country or both; "" for the whole call."""
        names = [self.organisation and self.organisation.name, self.get_country_display()]
        return ", ".join(filter(None, names))

    @property
    def passed_count(self):
        """(name, number) of the funded, or else of the invited; None if neither is known."""
        return self._known("funded", "invited")

    @property
    def base_count(self):
        """(name, number) of the submitted, else of the eligible; None if neither is known."""
        return self._known("submitted", "eligible")

    def _known(self, *names):
        counts = ((name, getattr(self, name)) for name in names)
        return next((pair for pair in counts if pair[1] is not None), None)

    @property
    def success_rate(self):
        """Success rate in percent to one decimal; None if not known, or nobody applied."""
        if not self.passed_count or not self.base_count or not self.base_count[1]:
            return None
        return round(100 * self.passed_count[1] / self.base_count[1], 1)

    @property
    def has_amounts(self):
        return not (self.amount_asked is None and self.amount_granted is None)
