"""Projects funded by calls."""

import re

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from calls.models.call import Call
from initiatives.models import Organisation, Region
from localisation.fields import AmountField, CurrencyField, DatePrecision, validate_doi
from publishing.models import Publishable, PublishableQuerySet, Row, Source
from publishing.richtext import RichTextField

DAYS_IN_A_MONTH = 365.2425 / 12


def _words(text):
    """Return the words or phrases of a comma-separated text."""
    return [word.strip() for word in (text or "").split(",") if word.strip()]


class ProjectQuerySet(PublishableQuerySet):
    def for_list(self):
        related = super().for_list().select_related("call", "call__initiative")
        return related.prefetch_related("call__key_dates")

    def for_detail(self):
        return self.for_list().prefetch_related("participants__organisation__region")


class Project(Publishable):
    class Status(models.TextChoices):
        SIGNED = "signed", _("Signed")
        ONGOING = "ongoing", _("Ongoing")
        CLOSED = "closed", _("Closed")
        TERMINATED = "terminated", _("Terminated")

    search = Source(
        keys=("acronym", "grant_number"),
        texts=("sub_call", "funding_scheme"),
        initiative="call__initiative",
        dates=("starts_on", "first_published_at"),
    )
    rows = ("participants",)

    body = RichTextField(_("objective"), blank=True)
    acronym = models.CharField(_("acronym"), max_length=60, blank=True)
    grant_number = models.CharField(_("grant number"), max_length=40, blank=True, db_index=True)
    doi = models.CharField(
        _("DOI"),
        max_length=120,
        blank=True,
        validators=[validate_doi],
        help_text=_("DOI of the grant, for example 10.3030/731366."),
    )
    call = models.ForeignKey(
        Call,
        verbose_name=_("call"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
    )
    sub_call = models.CharField(_("sub-call"), max_length=80, blank=True)
    programme = models.CharField(
        _("programme"),
        max_length=200,
        blank=True,
        help_text=_("The funding programme, and the part of it, that the call belongs to."),
    )
    call_topic = models.CharField(
        _("topic of the call"),
        max_length=200,
        blank=True,
        help_text=_("Its code and name, as in the call's text."),
    )
    funding_scheme = models.CharField(_("funding scheme"), max_length=120, blank=True)
    starts_on = models.DateField(_("start"), null=True, blank=True)
    ends_on = models.DateField(_("end"), null=True, blank=True)
    precision = models.CharField(
        _("precision of the dates"),
        max_length=5,
        choices=DatePrecision.choices,
        default=DatePrecision.DAY,
    )
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.ONGOING
    )
    total_cost = AmountField(_("total cost"), null=True, blank=True)
    eu_contribution = AmountField(_("EU contribution"), null=True, blank=True)
    currency = CurrencyField()
    keywords = models.CharField(
        _("keywords"), max_length=300, blank=True, help_text=_("Separated by commas.")
    )
    fields_of_science = models.CharField(
        _("fields of science"),
        max_length=300,
        blank=True,
        help_text=_("As named in EuroSciVoc or another classification, separated by commas."),
    )
    website = models.URLField(_("website"), max_length=500, blank=True)
    source_url = models.URLField(
        _("fact sheet on another site"),
        max_length=500,
        blank=True,
        help_text=_("For example in CORDIS."),
    )
    record_number = models.CharField(
        _("record number"),
        max_length=40,
        blank=True,
        help_text=_("Record number of the fact sheet on the other site."),
    )

    objects = ProjectQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="calls_project_ends_after_it_starts",
                violation_error_message=_("The end must not be before the start."),
            )
        ]

    def __str__(self):
        title = super().__str__()
        if not self.acronym or re.match(rf"{re.escape(self.acronym)}(?!\w)", title):
            return title
        return f"{self.acronym} – {title}"

    def get_absolute_url(self):
        return reverse("calls:project", args=[self.slug])

    @property
    def keyword_list(self):
        return _words(self.keywords)

    @property
    def science_list(self):
        return _words(self.fields_of_science)

    @property
    def duration_months(self):
        """Months from start to end, rounded; None if the dates aren't known."""
        if not (self.starts_on and self.ends_on) or self.precision == DatePrecision.YEAR:
            return None
        days = (self.ends_on - self.starts_on).days + 1
        return max(round(days / DAYS_IN_A_MONTH), 1)

    @property
    def coordinator(self):
        """Coordinating participant, or None. Expects prefetched participants."""
        coordinators = (p for p in self.participants.all() if p.is_coordinator)
        return next(coordinators, None)

    def participants_with_regions(self):
        """Return the participants in order, with `region_path`, from largest region to own.

        Only participants with a region have it. Expects prefetched participants; one query for
        all regions.
        """
        participants = list(self.participants.all())
        located = [p for p in participants if p.organisation.region]
        codes = {code for p in located for code in p.organisation.region.path_codes()}
        regions = Region.objects.in_bulk(codes)
        for participant in located:
            codes = participant.organisation.region.path_codes()
            participant.region_path = [regions[code] for code in codes if code in regions]
        return participants


class ProjectParticipant(Row):
    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("Coordinator")
        PARTICIPANT = "participant", _("Participant")
        THIRD_PARTY = "third-party", _("Third party")
        ASSOCIATED = "associated", _("Associated partner")

    class Activity(models.TextChoices):
        HES = "HES", _("Higher or secondary education")
        REC = "REC", _("Research organisations")
        PRC = "PRC", _("Private for-profit entities")
        PUB = "PUB", _("Public bodies")
        OTH = "OTH", _("Other")

    project = models.ForeignKey(
        Project,
        verbose_name=_("project"),
        on_delete=models.CASCADE,
        related_name="participants",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="project_participations",
    )
    role = models.CharField(
        _("role"), max_length=12, choices=Role.choices, default=Role.PARTICIPANT
    )
    activity_type = models.CharField(
        _("activity type"), max_length=3, choices=Activity.choices, blank=True
    )
    net_contribution = AmountField(_("net EU contribution"), null=True, blank=True)
    other_funding = AmountField(_("other funding"), null=True, blank=True)
    total_cost = AmountField(_("total cost"), null=True, blank=True)
    note = models.TextField(
        _("tasks"),
        max_length=1000,
        blank=True,
        help_text=_("What the organisation does in the project."),
    )
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Clear this when the organisation has left the project."),
    )

    class Meta(Row.Meta):
        verbose_name = _("participant")
        verbose_name_plural = _("participants")

    def __str__(self):
        return f"{self.organisation}, {self.get_role_display()}"

    @property
    def currency(self):
        return self.project.currency

    @property
    def is_coordinator(self):
        return self.role == self.Role.COORDINATOR
