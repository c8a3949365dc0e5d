"""Key dates of a call."""

from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from calls.models.call import Call
from calls.status import first_instant, last_instant
from localisation import formats
from localisation.fields import TimeZoneField

#: First and last accepted year; others are typing errors.
YEARS = (1950, 2200)


def validate_year(instant):
    first, last = YEARS
    if not first <= instant.year <= last:
        message = _("Enter a year between %(first)s and %(last)s.")
        raise ValidationError(message, params={"first": first, "last": last})


class KeyDate(models.Model):
    class Kind(models.TextChoices):
        PRE_ANNOUNCEMENT = "pre-announcement", _("Pre-announcement")
        PUBLICATION = "publication", _("Publication")
        OPENING = "opening", _("Opening")
        INFO_DAY = "info-day", _("Information day")
        REGISTRATION = "registration", _("Deadline for registration")
        PRE_PROPOSAL = "pre-proposal", _("Deadline for pre-proposals")
        STAGE_1_RESULT = "stage-1-result", _("Result of the first stage")
        FULL_PROPOSAL = "full-proposal", _("Deadline for full proposals")
        REBUTTAL = "rebuttal", _("Rebuttal")
        DECISION = "decision", _("Decision")
        RESULTS = "results", _("Publication of the results")
        PROJECT_START = "project-start", _("Start of the projects")
        SUSPENSION = "suspension", _("Suspension of the call")
        RESUMPTION = "resumption", _("Resumption of the call")

    class Certainty(models.TextChoices):
        EXACT = "exact", _("Exact")
        EXPECTED = "expected", _("Expected")
        NOT_BEFORE = "not-before", _("Not before")

    class Precision(models.TextChoices):
        MINUTE = "minute", _("Minute")
        DAY = "day", _("Day")
        MONTH = "month", _("Month")
        YEAR = "year", _("Year")

    DEADLINES = (Kind.REGISTRATION, Kind.PRE_PROPOSAL, Kind.FULL_PROPOSAL)

    call = models.ForeignKey(
        Call, verbose_name=_("call"), on_delete=models.CASCADE, related_name="key_dates"
    )
    kind = models.CharField(_("kind of date"), max_length=20, choices=Kind.choices)
    at = models.DateTimeField(_("date and time"), validators=[validate_year])
    ends_at = models.DateTimeField(
        _("until"),
        null=True,
        blank=True,
        validators=[validate_year],
        help_text=_("Only for periods, such as a rebuttal."),
    )
    timezone = TimeZoneField()
    certainty = models.CharField(
        _("certainty"), max_length=12, choices=Certainty.choices, default=Certainty.EXACT
    )
    precision = models.CharField(
        _("precision"),
        max_length=8,
        choices=Precision.choices,
        default=Precision.MINUTE,
        help_text=_(
            "With “Month”, readers see “October 2027”, whatever day and time you enter."
        ),
    )
    note = models.CharField(_("note"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("key date")
        verbose_name_plural = _("key dates")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at=None) | models.Q(ends_at__gte=models.F("at")),
                name="calls_keydate_ends_after_it_starts",
                violation_error_message=_("The end must not be before the start."),
            )
        ]

    def __str__(self):
        on = self.at.astimezone(ZoneInfo(self.timezone)).date()
        return formats.named(self.get_kind_display(), f"{on:%Y-%m-%d}")

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        self.call.update_instants()

    def delete(self, *args, **kwargs):
        deleted = super().delete(*args, **kwargs)
        self.call.update_instants()
        return deleted

    @property
    def is_deadline(self):
        return self.kind in self.DEADLINES

    @property
    def is_firm(self):
        """True if the date is exact, and known to the minute or day; see `calls.status`."""
        exact_enough = self.precision in (self.Precision.MINUTE, self.Precision.DAY)
        return self.certainty == self.Certainty.EXACT and exact_enough

    @property
    def is_not_before(self):
        return self.certainty == self.Certainty.NOT_BEFORE

    @property
    def first_instant(self):
        return first_instant(self.at, self.precision, self.timezone)

    @property
    def last_instant(self):
        return last_instant(self.ends_at or self.at, self.precision, self.timezone)

    @property
    def relevant_at(self):
        """Relevant instant: the end of a deadline, the start of any other date."""
        return self.last_instant if self.is_deadline else self.first_instant

    @property
    def display_order(self):
        """Sort key: a month or year comes after the days in it that are known."""
        is_known = self.precision in (self.Precision.MINUTE, self.Precision.DAY)
        return self.relevant_at if is_known else self.last_instant
