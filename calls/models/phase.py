"""The status of calls over all times, so that the database answers as `calls.status` does."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from calls.status import WINDOWS, Stage, Status, Timetable
from localisation import clock, formats


class PhaseQuerySet(models.QuerySet):
    def at(self, now=None):
        """Those that hold at an instant, now by default: at most one a call."""
        now = now or clock.now()
        return self.filter(starts_at__lte=now, ends_at__gt=now)

    def turned(self, since, until):
        """Those that began or ended, or whose deadline came into another window (see
        `calls.status.windows`), after the first instant and up to the second."""
        moved = Q(starts_at__gt=since, starts_at__lte=until)
        moved |= Q(ends_at__gt=since, ends_at__lte=until)
        for length in WINDOWS.values():
            moved |= Q(deadline_at__gt=since + length, deadline_at__lte=until + length)
        return self.filter(moved)

    def update_for(self, call):
        """Work out the phases of a call from its key dates anew."""
        spans = Timetable(call.key_dates.all()).spans()
        self.filter(call=call).delete()
        self.bulk_create(Phase(call=call, **span._asdict()) for span in spans)


class Phase(models.Model):
    """A span of time in which a call has one status and stage.

    Worked out from the key dates and from nothing else, so that it doesn't matter when. There
    is none while the call is forthcoming without a known deadline.
    """

    call = models.ForeignKey("calls.Call", on_delete=models.CASCADE, related_name="phases")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    status = models.CharField(_("status"), max_length=20, choices=Status.choices)
    stage = models.CharField(_("stage"), max_length=20, choices=Stage.choices, blank=True)
    #: The next deadline in it, of whatever kind.
    deadline_at = models.DateTimeField(_("next deadline"), null=True)

    objects = PhaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        constraints = [
            models.UniqueConstraint(
                fields=["call", "starts_at"], name="calls_phase_starts_once"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="calls_phase_ends_after_it_starts",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "ends_at", "starts_at"], name="calls_phase_status"),
            models.Index(fields=["stage", "ends_at", "starts_at"], name="calls_phase_stage"),
            models.Index(fields=["starts_at"], name="calls_phase_starts"),
            models.Index(fields=["ends_at"], name="calls_phase_ends"),
            models.Index(fields=["deadline_at"], name="calls_phase_deadline"),
        ]

    def __str__(self):
        return formats.named(self.get_status_display(), f"{self.starts_at:%Y-%m-%d}")
