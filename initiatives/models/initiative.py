"""Initiatives: partnerships, ERA-NETs, consortia, programmes."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from localisation import clock
from localisation.fields import AmountField, CurrencyField, DatePrecision
from publishing.constraints import FieldCheck
from publishing.models import Publishable, PublishableQuerySet, Source


class InitiativeQuerySet(PublishableQuerySet):
    def upcoming(self):
        return self.filter(starts_on__gt=clock.today())

    def ended(self):
        return self.filter(ends_on__lt=clock.today())

    def running(self):
        today = clock.today()
        has_started = Q(starts_on=None) | Q(starts_on__lte=today)
        return self.filter(has_started, Q(ends_on=None) | Q(ends_on__gte=today))

    def for_detail(self):
        return (
            super()
            .for_detail()
            .prefetch_related(
                "participations__organisation__region",
                "key_figures",
                "milestones__document__versions",
                "resources__document__versions",
                "resources__organisation",
                "relations__to_initiative",
                "inverse_relations__from_initiative",
            )
        )


class Initiative(Publishable):
    class Kind(models.TextChoices):
        PARTNERSHIP = "partnership", _("European partnership")
        ERA_NET = "era-net", _("ERA-NET")
        CONSORTIUM = "consortium", _("Consortium")
        CSA = "csa", _("Coordination and support action")
        PROGRAMME = "programme", _("Programme")

    search = Source(
        keys=("acronym", "grant_agreement"),
        texts=("funding_scheme",),
        initiative="self",
        dates=("starts_on", "first_published_at"),
        weight=1.15,
    )
    rows = ("participations", "key_figures", "milestones", "resources", "relations")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    website = models.URLField(_("website"), max_length=500, blank=True)
    starts_on = models.DateField(_("start"), null=True, blank=True)
    starts_precision = models.CharField(
        _("precision of the start"),
        max_length=5,
        choices=DatePrecision.choices,
        default=DatePrecision.DAY,
    )
    ends_on = models.DateField(_("end"), null=True, blank=True)
    ends_precision = models.CharField(
        _("precision of the end"),
        max_length=5,
        choices=DatePrecision.choices,
        default=DatePrecision.DAY,
    )
    duration_months = models.PositiveSmallIntegerField(
        _("duration in months"),
        null=True,
        blank=True,
        help_text=_("Only if the end date is not known: for example 120 for ten years."),
    )
    budget = AmountField(_("total budget"), null=True, blank=True)
    budget_currency = CurrencyField()
    budget_is_approximate = models.BooleanField(_("budget is approximate"), default=False)
    grant_agreement = models.CharField(
        _("grant agreement"), max_length=40, blank=True, help_text=_("Number, such as 731366.")
    )
    funding_scheme = models.CharField(
        _("funding scheme"),
        max_length=120,
        blank=True,
        help_text=_("For example HORIZON-COFUND or H2020 ERA-NET Cofund."),
    )

    objects = InitiativeQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        constraints = [
            FieldCheck(
                field="ends_on",
                condition=Q(starts_on=None)
                | Q(ends_on=None)
                | Q(ends_on__gte=models.F("starts_on")),
                name="initiatives_initiative_ends_after_it_starts",
                violation_error_message=_("The end must not be before the start."),
            )
        ]

    def get_absolute_url(self):
        return reverse("initiatives:detail", args=[self.slug])

    def __str__(self):
        name = super().__str__()
        if not self.acronym or name.startswith(self.acronym):
            return name
        return f"{self.acronym} – {name}"

    @property
    def short_name(self):
        return self.acronym or self.title

    @property
    def duration(self):
        """Duration as text, such as "10 years" or "18 months", from `duration_months`."""
        years, months = divmod(self.duration_months or 0, 12)
        if months or not years:
            months = self.duration_months or 0
            return ngettext("%(n)d month", "%(n)d months", months) % {"n": months}
        return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}

    def participations_with_note(self):
        """Return the participations with a note. Expects prefetched participations."""
        return [part for part in self.participations.all() if part.note]

    def related_initiatives(self):
        """Return the published related initiatives, in both directions, as (label, initiative).

        Expects the relations that `for_detail()` prefetches.
        """
        outgoing = [(r.get_kind_display(), r.to_initiative) for r in self.relations.all()]
        incoming = [(r.inverse_label, r.from_initiative) for r in self.inverse_relations.all()]
        return [(label, other) for label, other in outgoing + incoming if other.is_published]
