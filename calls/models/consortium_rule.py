"""Rules of a call for consortia, as data."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from calls.fields import CountriesField, KindsField, codes_in
from calls.models.call import Call
from publishing.models import Row


class ConsortiumRule(Row):
    """A rule with its clause in the text of the call. `calls.consortium` applies it."""

    class Kind(models.TextChoices):
        MIN_PARTNERS = "min-partners", gettext_lazy("Minimum number of partners")
        MAX_PARTNERS = "max-partners", gettext_lazy("Maximum number of partners")
        MIN_COUNTRIES = (
            "min-countries",
            gettext_lazy("Minimum number of countries"),
        )
        MAX_PER_COUNTRY = (
            "max-per-country",
            gettext_lazy("Maximum number of partners from one country"),
        )
        MAX_SELF_FUNDED = (
            "max-self-funded",
            gettext_lazy("Maximum number of self-funded partners"),
        )
        REQUIRED_KIND = (
            "required-kind",
            gettext_lazy("Minimum number of partners of certain kinds"),
        )
        COORDINATOR_COUNTRY = (
            "coordinator-country",
            gettext_lazy("Coordinator from certain countries"),
        )
        COORDINATOR_FUNDED = (
            "coordinator-funded",
            gettext_lazy("Coordinator applies to a funder of the call"),
        )

    class Counts(models.TextChoices):
        ALL = "all", gettext_lazy("All partners")
        FUNDED = "funded", gettext_lazy("Only partners that apply for funding")

    #: Field -> kinds of rule that require it.
    REQUIRED_BY = {
        "number": {
            Kind.MIN_PARTNERS,
            Kind.MAX_PARTNERS,
            Kind.MIN_COUNTRIES,
            Kind.MAX_PER_COUNTRY,
            Kind.MAX_SELF_FUNDED,
            Kind.REQUIRED_KIND,
        },
        "countries": {Kind.COORDINATOR_COUNTRY},
        "organisation_kinds": {Kind.REQUIRED_KIND},
    }

    call = models.ForeignKey(
        Call,
        verbose_name=gettext_lazy("call"),
        on_delete=models.CASCADE,
        related_name="consortium_rules",
    )
    kind = models.CharField(gettext_lazy("rule"), max_length=24, choices=Kind.choices)
    number = models.PositiveSmallIntegerField(
        gettext_lazy("number"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    counts = models.CharField(
        gettext_lazy("partners counted"),
        max_length=8,
        choices=Counts.choices,
        default=Counts.ALL,
    )
    countries = CountriesField(
        gettext_lazy("only these countries"),
        help_text=gettext_lazy(
            "Two-letter codes separated by spaces: BE FR NL. EU means all Member States of the "
            "European Union."
        ),
    )
    organisation_kinds = KindsField(gettext_lazy("kinds of organisation"))
    clause = models.TextField(
        gettext_lazy("clause"),
        max_length=1000,
        help_text=gettext_lazy("Word for word as in the text of the call."),
    )
    section = models.CharField(
        gettext_lazy("section of the text"),
        max_length=80,
        blank=True,
        help_text=gettext_lazy("For example section 5.2."),
    )

    class Meta(Row.Meta):
        verbose_name = gettext_lazy("consortium rule")
        verbose_name_plural = gettext_lazy("consortium rules")

    def __str__(self):
        return self.requirement

    def clean(self):
        super().clean()
        errors = {
            name: _("Required for this rule.")
            for name, kinds in self.REQUIRED_BY.items()
            if self.kind in kinds and getattr(self, name) in (None, "", [])
        }
        if errors:
            raise ValidationError(errors)

    @property
    def country_codes(self):
        """Set of codes of the countries that the rule is limited to; empty for no limit."""
        return codes_in(self.countries)

    def kind_names(self):
        return self._meta.get_field("organisation_kinds").text_of(self.organisation_kinds)

    def country_names(self):
        return self._meta.get_field("countries").text_of(self.countries)

    @property
    def requirement(self):
        """The rule as short text, such as "At least 3 partners who ask for funding"."""
        pattern = self.pattern()
        if pattern is None or self.number is None:
            return self.get_kind_display()
        return pattern % {"number": self.number, "kinds": self.kind_names()}

    def pattern(self):
        """Return the format of `requirement`, or None for a rule without a number."""
        if self.kind == self.Kind.MAX_SELF_FUNDED and self.number == 0:
            return gettext_lazy("No self-funded partners")
        only_funded = self.counts == self.Counts.FUNDED
        return (only_funded and PATTERNS_OF_FUNDED.get(self.kind)) or PATTERNS.get(self.kind)


PATTERNS = {
    ConsortiumRule.Kind.MIN_PARTNERS: ngettext_lazy(
        "At least %(number)d partner", "At least %(number)d partners", "number"
    ),
    ConsortiumRule.Kind.MAX_PARTNERS: ngettext_lazy(
        "At most %(number)d partner", "At most %(number)d partners", "number"
    ),
    ConsortiumRule.Kind.MIN_COUNTRIES: ngettext_lazy(
        "Partners from at least %(number)d country",
        "Partners from at least %(number)d different countries",
        "number",
    ),
    ConsortiumRule.Kind.MAX_PER_COUNTRY: ngettext_lazy(
        "At most %(number)d partner from one country",
        "At most %(number)d partners from one country",
        "number",
    ),
    ConsortiumRule.Kind.MAX_SELF_FUNDED: ngettext_lazy(
        "At most %(number)d self-funded partner",
        "At most %(number)d self-funded partners",
        "number",
    ),
    ConsortiumRule.Kind.REQUIRED_KIND: ngettext_lazy(
        "At least %(number)d partner of this kind: %(kinds)s",
        "At least %(number)d partners of these kinds: %(kinds)s",
        "number",
    ),
}
PATTERNS_OF_FUNDED = {
    ConsortiumRule.Kind.MIN_PARTNERS: ngettext_lazy(
        "At least %(number)d partner that applies for funding",
        "At least %(number)d partners that apply for funding",
        "number",
    ),
    ConsortiumRule.Kind.MAX_PARTNERS: ngettext_lazy(
        "At most %(number)d partner that applies for funding",
        "At most %(number)d partners that apply for funding",
        "number",
    ),
    ConsortiumRule.Kind.MIN_COUNTRIES: ngettext_lazy(
        "Partners applying for funding: from at least %(number)d country",
        "Partners applying for funding: from at least %(number)d different countries",
        "number",
    ),
    ConsortiumRule.Kind.MAX_PER_COUNTRY: ngettext_lazy(
        "Partners applying for funding: at most %(number)d from one country",
        "Partners applying for funding: at most %(number)d from one country",
        "number",
    ),
}
