"""Precomputed statuses of calls over time, so that the database can filter by them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from calls.status import WINDOWS, Stage, Status, Timetable
from localisation import clock, formats


class PhaseQuerySet(models.QuerySet):
    def at(self, now=None):
        """Filter the phases at an instant, by default now: at most one for each call."""
        now = now or clock.now()
        return self.filter(starts_at__lte=now, ends_at__gt=now)

    def changed_by_time(self, since, until):
        """Filter the phases that changed after `since`, up to and including `until`.

        A phase changes when it starts or ends, or its deadline enters another window of
        `calls.status`.
        """
        has_changed = Q(starts_at__gt=since, starts_at__lte=until)
        has_changed |= Q(ends_at__gt=since, ends_at__lte=until)
        for length in WINDOWS.values():
            has_changed |= Q(deadline_at__gt=since + length, deadline_at__lte=until + length)
        return self.filter(has_changed)

    def update_for(self, call):
        """Recompute the phases of a call from its key dates."""
        spans = Timetable(call.key_dates.all()).spans()
        self.filter(call=call).delete()
        self.bulk_create(Phase(call=call, **span._asdict()) for span in spans)


class Phase(models.Model):
    """A span of time in which a call has one status, stage and next deadline.

    Computed from the key dates only, so that it doesn't need updates as time passes. There is
    no phase while the call is forthcoming without a known deadline.
    """

    call = models.ForeignKey("calls.Call", on_delete=models.CASCADE, related_name="phases")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    status = models.CharField(_("status"), max_length=20, choices=Status.choices)
    stage = models.CharField(_("stage"), max_length=20, choices=Stage.choices, blank=True)
    #: Next deadline of any kind.
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
