"""Whom each notice is told: of a filter, whoever has saved it; of an item, who watches it."""

from collections import defaultdict
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Min

from localisation import clock
from newsletter.alerts.notices import CLOSING, published_between, timed_between
from newsletter.models import DigestRun, Frequency, Subscription
from newsletter.subscriptions import filterset, model_of

Kind = Subscription.Kind
#: Kinds of subscriptions that alerts are told to.
ALERTED = (Kind.TOPIC, Kind.FILTER, Kind.WATCH)


#: Who has changed how often they are told gets what is left of the time before, of so long.
LONGEST = timedelta(days=7)


class Followed(NamedTuple):
    """What a subscription is told of, and since when; equal for many people."""

    kind: str
    frequency: str
    digest: str
    content_type_id: int | None
    object_id: int | None
    told_until: datetime | None


class Matches:
    """What a round has to tell, by what people follow; false when that is nothing.

    A filter finds what the list's page would have shown at the end of the round.
    """

    def __init__(self, run):
        self.is_morning = run.pace == DigestRun.Pace.MORNING
        self.since = _beginnings(run)
        self.followed = Subscription.objects.active().filter(
            kind__in=ALERTED, is_muted=False, frequency__in=self.since
        )
        self.earliest = self._earliest()
        notices = self._notices(run.until)
        self.by_place = defaultdict(list)
        for notice in notices:
            for place in {notice.place, *notice.about}:
                self.by_place[place].append(notice)
        #: The Notices for a Followed. Most people follow what others do.
        self.of = lru_cache(maxsize=5000)(self._of)
        with clock.set_to(run.until):
            self.by_digest = {digest: found for digest, found in self._ask(notices) if found}

    def __bool__(self):
        return bool(self.by_place)

    def _earliest(self):
        """The instant from which on something may have to be told."""
        since = min(self.since.values())
        told = self.followed.aggregate(at=Min("told_until"))["at"] or since
        return min(since, max(told, since - LONGEST))

    def _notices(self, until):
        found = published_between(self.earliest, until)
        if self.is_morning:
            found += timed_between(self.earliest, until)
        return sorted(found, key=lambda notice: notice.at)

    def _ask(self, notices):
        """Pairs of each filter's digest and the Notices of what it finds."""
        items = defaultdict(dict)
        for notice in notices:
            items[notice.kind].setdefault(notice.item, []).append(notice)
        filters = self.followed.exclude(kind=Kind.WATCH).order_by("digest")
        for digest, what, query in filters.values_list("digest", "what", "query").distinct():
            told = items[ContentType.objects.get_for_model(model_of(what)).pk]
            yield digest, [notice for key in _found(what, query, told) for notice in told[key]]

    def _of(self, followed):
        if followed.kind == Kind.WATCH:
            place = followed.content_type_id, followed.object_id
            found = self.by_place.get(place, ())
        else:
            found = self.by_digest.get(followed.digest, ())
        return [notice for notice in found if self._is_for(notice, followed)]

    def _is_for(self, notice, followed):
        """At once is told what staff publish; what time brings about, in the morning. Who
        follows topics has not asked for reminders."""
        is_at_once = followed.frequency == Frequency.AT_ONCE
        if is_at_once and notice.is_timed != self.is_morning:
            return False
        if notice.what == CLOSING and followed.kind == Kind.TOPIC:
            return False
        since = self.since[followed.frequency]
        return notice.at >= (followed.told_until or since)


def _beginnings(run):
    """dict of the frequencies that a round serves to since when it tells them."""
    if run.pace == DigestRun.Pace.AT_ONCE:
        return {Frequency.AT_ONCE: run.since}
    week = {Frequency.WEEKLY: run.week_since} if run.week_since else {}
    return {Frequency.AT_ONCE: run.since, Frequency.DAILY: run.since, **week}


def _found(what, query, keys):
    """Those of the keys that the list shows. A filter that the list takes no more, because a
    topic is gone, finds nothing: without that part it would find too much."""
    if not keys:
        return []
    public = model_of(what).objects.published().filter(pk__in=list(keys))
    asked = filterset(what, query, queryset=public)
    return [] if asked.errors else asked.qs.order_by().values_list("pk", flat=True)
