"""Matching of notices with subscriptions: saved filters, topics and watched items."""

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
#: Kinds of subscriptions that get alerts.
ALERTED = (Kind.TOPIC, Kind.FILTER, Kind.WATCH)


#: Maximum period made up for after a change of frequency.
LONGEST = timedelta(days=7)


class Followed(NamedTuple):
    """Content of a subscription, and the time up to which it has been sent.

    Equal for many subscribers, so that matches can be cached by it.
    """

    kind: str
    frequency: str
    digest: str
    content_type_id: int | None
    object_id: int | None
    told_until: datetime | None


class Matches:
    """Notices of a run by the content of subscriptions; false if there are none.

    A filter finds what the list's page would have shown at the end of the run.
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
        #: Returns the Notices for a Followed; cached, because most are shared by many people.
        self.of = lru_cache(maxsize=5000)(self._of)
        with clock.set_to(run.until):
            self.by_digest = {digest: found for digest, found in self._ask(notices) if found}

    def __bool__(self):
        return bool(self.by_place)

    def _earliest(self):
        """Return the earliest instant from which notices may have to be sent."""
        since = min(self.since.values())
        told = self.followed.aggregate(at=Min("told_until"))["at"] or since
        return min(since, max(told, since - LONGEST))

    def _notices(self, until):
        found = published_between(self.earliest, until)
        if self.is_morning:
            found += timed_between(self.earliest, until)
        return sorted(found, key=lambda notice: notice.at)

    def _ask(self, notices):
        """Yield the digest of each filter with the Notices of the items it finds."""
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
        """Return True if the subscription gets this notice in this run.

        Immediate alerts cover publications by staff; notices due to time alone are sent in the
        morning. Subscriptions to topics get no reminders of deadlines.
        """
        is_at_once = followed.frequency == Frequency.AT_ONCE
        if is_at_once and notice.is_timed != self.is_morning:
            return False
        if notice.what == CLOSING and followed.kind == Kind.TOPIC:
            return False
        since = self.since[followed.frequency]
        return notice.at >= (followed.told_until or since)


def _beginnings(run):
    """Return {frequency: start of its period} for the frequencies of a run."""
    if run.pace == DigestRun.Pace.AT_ONCE:
        return {Frequency.AT_ONCE: run.since}
    week = {Frequency.WEEKLY: run.week_since} if run.week_since else {}
    return {Frequency.AT_ONCE: run.since, Frequency.DAILY: run.since, **week}


def _found(what, query, keys):
    """Return those of the keys that the filter finds.

    A filter that has become invalid, for example by the deletion of a topic, finds nothing:
    without that part it would find too much.
    """
    if not keys:
        return []
    public = model_of(what).objects.published().filter(pk__in=list(keys))
    asked = filterset(what, query, queryset=public)
    return [] if asked.errors else asked.qs.order_by().values_list("pk", flat=True)
