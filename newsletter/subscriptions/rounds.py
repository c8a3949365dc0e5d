"""Schedule of alerts: soon after a publication, and each morning."""

from datetime import datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from newsletter.models import DigestRun, Frequency
from publishing.models import Revision

Pace = DigestRun.Pace

#: Local time of the daily run; the run on Monday includes weekly alerts.
MORNING = time(6, 0)
MONDAY = 0
#: Age after which a publication is certainly committed and visible.
SETTLED = timedelta(minutes=1)
#: Period of the very first run of each pace.
FIRST = {Pace.AT_ONCE: timedelta(hours=1), Pace.MORNING: timedelta(days=1)}
FIRST_WEEK = timedelta(days=7)


def begin_due(now=None):
    """Create the runs that are due; concurrent workers create each once."""
    settled = (now or timezone.now()) - SETTLED
    morning = last_morning(settled)
    _begin(Pace.MORNING, morning, week_since=_week_since(morning))
    if _is_news(settled):
        _begin(Pace.AT_ONCE, settled)


def last_morning(now, weekday=None):
    """Return the last instant at which it was MORNING, on `weekday` if given."""
    here = timezone.localtime(now)
    day = here.date() if here.time() >= MORNING else here.date() - timedelta(days=1)
    if weekday is not None:
        day -= timedelta(days=(day.weekday() - weekday) % 7)
    return timezone.make_aware(datetime.combine(day, MORNING))


def _begin(pace, until, **fields):
    former = DigestRun.objects.filter(pace=pace).first()
    since = former.until if former else until - FIRST[pace]
    if since >= until:
        return
    try:
        with transaction.atomic():
            DigestRun.objects.create(pace=pace, since=since, until=until, **fields)
    except IntegrityError:  # another worker was first
        return


def _week_since(morning):
    """Return the start of the period of weekly alerts.

    Returns None except on the first morning since Monday.
    """
    monday = last_morning(morning, MONDAY)
    former = DigestRun.objects.exclude(week_since=None).first()
    if former is None:
        return morning - FIRST_WEEK if morning == monday else None
    return former.until if former.until < monday else None


def _is_news(settled):
    former = DigestRun.objects.filter(pace=Pace.AT_ONCE).first()
    since = former.until if former else settled - FIRST[Pace.AT_ONCE]
    return (
        Revision.objects.published()
        .filter(created_at__gte=since, created_at__lt=settled)
        .exists()
    )


def told_until(frequency):
    """Return the end of the last finished run that serves a frequency, or None."""
    finished = DigestRun.objects.exclude(finished_at=None)
    if frequency == Frequency.AT_ONCE:
        rounds = finished.filter(pace=Pace.AT_ONCE)
    elif frequency == Frequency.DAILY:
        rounds = finished.filter(pace=Pace.MORNING)
    else:
        rounds = finished.exclude(week_since=None)
    return rounds.values_list("until", flat=True).first()
