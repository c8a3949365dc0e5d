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
ALERT_KINDS = (Kind.TOPIC, Kind.FILTER, Kind.WATCH)


#: Maximum period made up for after a change of frequency.
MAX_CATCH_UP = timedelta(days=7)


class SubscriptionContent(NamedTuple):
    """Content of a subscription, and the time up to which it has been sent.

    Equal for many subscribers, so that matches can be cached by it.
    """

    kind: str
    frequency: str
    digest: str
    content_type_id: int | None
    object_id: int | None
    sent_until: datetime | None


class Matches:
    """Notices of a run by the content of subscriptions; false if there are none.

    A filter finds what the list's page would have shown at the end of the run.
    """

    def __init__(self, run):
        self.is_morning = run.kind == DigestRun.Kind.MORNING
        self.since = _period_starts(run)
        self.subscriptions = Subscription.objects.active().filter(
            kind__in=ALERT_KINDS, is_muted=False, frequency__in=self.since
        )
        self.earliest = self._earliest_start()
        notices = self._notices(run.until)
        self.by_item = defaultdict(list)
        for notice in notices:
            for item_key in {notice.item_key, *notice.related_items}:
                self.by_item[item_key].append(notice)
        #: Returns the Notices for a SubscriptionContent; cached, because most are shared.
        self.notices_for = lru_cache(maxsize=5000)(self._notices_for)
        with clock.set_to(run.until):
            self.by_digest = {
                digest: found for digest, found in self._match_filters(notices) if found
            }

    def __bool__(self):
        return bool(self.by_item)

    def _earliest_start(self):
        """Return the earliest instant from which notices may have to be sent."""
        since = min(self.since.values())
        sent_until = self.subscriptions.aggregate(at=Min("sent_until"))["at"] or since
        return min(since, max(sent_until, since - MAX_CATCH_UP))

    def _notices(self, until):
        found = published_between(self.earliest, until)
        if self.is_morning:
            found += timed_between(self.earliest, until)
        return sorted(found, key=lambda notice: notice.at)

    def _match_filters(self, notices):
        """Yield the digest of each filter with the Notices of the items it finds."""
        items = defaultdict(dict)
        for notice in notices:
            items[notice.kind].setdefault(notice.item, []).append(notice)
        filters = self.subscriptions.exclude(kind=Kind.WATCH).order_by("digest")
        for digest, section, query in filters.values_list(
            "digest", "section", "query"
        ).distinct():
            notices_by_id = items[ContentType.objects.get_for_model(model_of(section)).pk]
            yield (
                digest,
                [
                    notice
                    for key in _matching_ids(section, query, notices_by_id)
                    for notice in notices_by_id[key]
                ],
            )

    def _notices_for(self, content):
        if content.kind == Kind.WATCH:
            item_key = content.content_type_id, content.object_id
            notices = self.by_item.get(item_key, ())
        else:
            notices = self.by_digest.get(content.digest, ())
        return [notice for notice in notices if self._is_relevant(notice, content)]

    def _is_relevant(self, notice, content):
        """Return True if the subscription gets this notice in this run.

        Immediate alerts cover publications by staff; notices due to time alone are sent in the
        morning. Subscriptions to topics get no reminders of deadlines.
        """
        is_at_once = content.frequency == Frequency.AT_ONCE
        if is_at_once and notice.is_timed != self.is_morning:
            return False
        if notice.event == CLOSING and content.kind == Kind.TOPIC:
            return False
        since = self.since[content.frequency]
        return notice.at >= (content.sent_until or since)


def _period_starts(run):
    """Return {frequency: start of its period} for the frequencies of a run."""
    if run.kind == DigestRun.Kind.AT_ONCE:
        return {Frequency.AT_ONCE: run.since}
    week = {Frequency.WEEKLY: run.week_since} if run.week_since else {}
    return {Frequency.AT_ONCE: run.since, Frequency.DAILY: run.since, **week}


def _matching_ids(section, query, keys):
    """Return those of the keys that the filter finds.

    A filter that has become invalid, for example by the deletion of a topic, finds nothing:
    without that part it would find too much.
    """
    if not keys:
        return []
    public = model_of(section).objects.published().filter(pk__in=list(keys))
    filtered = filterset(section, query, queryset=public)
    return [] if filtered.errors else filtered.qs.order_by().values_list("pk", flat=True)
