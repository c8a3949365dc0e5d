"""When alerts are told: soon after something was published, and each morning."""

from datetime import datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from newsletter.models import DigestRun, Frequency
from publishing.models import Revision

Pace = DigestRun.Pace

#: When the daily mail is made, by the office's clock; the weekly one on Mondays with it.
MORNING = time(6, 0)
MONDAY = 0
#: What was published so long ago has been committed by now, and can be seen.
SETTLED = timedelta(minutes=1)
#: What the very first round of each looks back on.
FIRST = {Pace.AT_ONCE: timedelta(hours=1), Pace.MORNING: timedelta(days=1)}
FIRST_WEEK = timedelta(days=7)


def begin_due(now=None):
    """Write the rounds that are due; of several workers, one does."""
    settled = (now or timezone.now()) - SETTLED
    morning = last_morning(settled)
    _begin(Pace.MORNING, morning, week_since=_week_since(morning))
    if _is_news(settled):
        _begin(Pace.AT_ONCE, settled)


def last_morning(now, weekday=None):
    """The last instant at which the office's clock showed MORNING, on that day of the week."""
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
    except IntegrityError:  # another worker was first: no two rounds begin where one ended
        return


def _week_since(morning):
    """Where the week begins that is told on a morning, or None on all but the first morning
    since Monday."""
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
    """Up to when those who have a frequency have been told everything, or None."""
    finished = DigestRun.objects.exclude(finished_at=None)
    if frequency == Frequency.AT_ONCE:
        rounds = finished.filter(pace=Pace.AT_ONCE)
    elif frequency == Frequency.DAILY:
        rounds = finished.filter(pace=Pace.MORNING)
    else:
        rounds = finished.exclude(week_since=None)
    return rounds.values_list("until", flat=True).first()
