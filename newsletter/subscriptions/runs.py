"""Schedule of alerts: soon after a publication, and each morning."""

from datetime import datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from newsletter.models import DigestRun, Frequency
from publishing.models import Revision

RunKind = DigestRun.Kind

#: Local time of the daily run; the run on Monday includes weekly alerts.
MORNING = time(6, 0)
MONDAY = 0
#: Age after which a publication is certainly committed and visible.
SETTLING_TIME = timedelta(minutes=1)
#: Period of the very first run of each kind.
FIRST_PERIOD = {RunKind.AT_ONCE: timedelta(hours=1), RunKind.MORNING: timedelta(days=1)}
FIRST_WEEK = timedelta(days=7)


def create_due_runs(now=None):
    """Create the runs that are due; concurrent workers create each once."""
    settled = (now or timezone.now()) - SETTLING_TIME
    morning = last_morning(settled)
    _create_run(RunKind.MORNING, morning, week_since=_week_since(morning))
    if _has_publications(settled):
        _create_run(RunKind.AT_ONCE, settled)


def last_morning(now, weekday=None):
    """Return the last instant at which it was MORNING, on `weekday` if given."""
    local = timezone.localtime(now)
    day = local.date() if local.time() >= MORNING else local.date() - timedelta(days=1)
    if weekday is not None:
        day -= timedelta(days=(day.weekday() - weekday) % 7)
    return timezone.make_aware(datetime.combine(day, MORNING))


def _create_run(kind, until, **fields):
    previous = DigestRun.objects.filter(kind=kind).first()
    since = previous.until if previous else until - FIRST_PERIOD[kind]
    if since >= until:
        return
    try:
        with transaction.atomic():
            DigestRun.objects.create(kind=kind, since=since, until=until, **fields)
    except IntegrityError:  # another worker was first
        return


def _week_since(morning):
    """Return the start of the period of weekly alerts.

    Returns None except on the first morning since Monday.
    """
    monday = last_morning(morning, MONDAY)
    previous = DigestRun.objects.exclude(week_since=None).first()
    if previous is None:
        return morning - FIRST_WEEK if morning == monday else None
    return previous.until if previous.until < monday else None


def _has_publications(settled):
    previous = DigestRun.objects.filter(kind=RunKind.AT_ONCE).first()
    since = previous.until if previous else settled - FIRST_PERIOD[RunKind.AT_ONCE]
    return (
        Revision.objects.published()
        .filter(created_at__gte=since, created_at__lt=settled)
        .exists()
    )


def last_run_end(frequency):
    """Return the end of the last finished run that serves a frequency, or None."""
    finished = DigestRun.objects.exclude(finished_at=None)
    if frequency == Frequency.AT_ONCE:
        runs = finished.filter(kind=RunKind.AT_ONCE)
    elif frequency == Frequency.DAILY:
        runs = finished.filter(kind=RunKind.MORNING)
    else:
        runs = finished.exclude(week_since=None)
    return runs.values_list("until", flat=True).first()
