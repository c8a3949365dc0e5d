"""Queryset of calls: by status, stage, deadline and order."""

from django.db.models import Case, F, FilteredRelation, Q, Value, When
from django.db.models.functions import Coalesce

from calls.models.phase import Phase
from calls.status import OVER, WINDOWS, Status, Window
from localisation import clock
from publishing.models import PublishableQuerySet


class CallQuerySet(PublishableQuerySet):
    def with_status(self, *statuses, now=None):
        """Filter calls that have one of these statuses at an instant, by default now."""
        phases = Phase.objects.at(now)
        condition = Q(pk__in=phases.filter(status__in=statuses).values("call"))
        if Status.FORTHCOMING in statuses:
            condition |= ~Q(pk__in=phases.values("call"))
        return self.filter(condition)

    def with_stage(self, *stages, now=None):
        """Filter calls that are in one of these stages at an instant, by default now."""
        phases = Phase.objects.at(now).filter(stage__in=stages)
        return self.filter(pk__in=phases.values("call"))

    def with_deadline(self, window, now=None):
        """Filter calls whose next deadline is in a Window, at an instant, by default now."""
        now = now or clock.now()
        ahead = self.model.objects.annotate_status(now)
        if window == Window.NO_DATE:
            ahead = ahead.filter(deadline_now=None).exclude(status_now__in=OVER)
        elif window == Window.LATER:
            ahead = ahead.filter(deadline_now__gt=now + max(WINDOWS.values()))
        else:
            ahead = ahead.filter(deadline_now__lte=now + WINDOWS[window])
        return self.filter(pk__in=ahead.values("pk"))

    def open(self):
        return self.with_status(Status.OPEN, Status.CLOSING_SOON)

    def closing_soon(self):
        return self.with_status(Status.CLOSING_SOON)

    def forthcoming(self):
        return self.with_status(Status.FORTHCOMING)

    def annotate_status(self, now=None):
        """Annotate `status_now`, `stage_now` and `deadline_now`, at `now` or by default now."""
        now = now or clock.now()
        is_current = Q(phases__starts_at__lte=now, phases__ends_at__gt=now)
        return self.annotate(
            phase_now=FilteredRelation("phases", condition=is_current),
            status_now=Coalesce("phase_now__status", Value(Status.FORTHCOMING.value)),
            stage_now=Coalesce("phase_now__stage", Value("")),
            deadline_now=F("phase_now__deadline_at"),
        )

    def by_deadline(self):
        """Order by next deadline; calls without one come next, calls that are over last.

        Calls without a deadline ahead are ordered by closing date, latest first.
        """
        is_over = Case(When(status_now__in=OVER, then=1), default=0)
        nearest = F("deadline_now").asc(nulls_last=True)
        latest = F("closes_at").desc(nulls_last=True)
        return self.annotate_status().order_by(is_over, nearest, latest, "-pk")

    def by_opening(self):
        """Order by opening; calls without a known opening come last."""
        return self.order_by(F("opens_at").asc(nulls_last=True), "pk")

    def for_list(self):
        return super().for_list().select_related("initiative").prefetch_related("key_dates")

    def for_detail(self):
        return self.for_list().prefetch_related(
            "contacts__organisation",
            "documents__versions",
            "consortium_rules",
            "questions",
            "statistics__organisation",
            "offers__organisation",
            "offers__region",
            "offers__rules_document__versions",
        )
