"""Enqueueing of alert mails: one per subscriber, chunk by chunk.

Each chunk is one transaction, which also saves the progress of the run. If a worker is killed,
the next run of the job continues from there; concurrent workers take turns.
"""

from collections import defaultdict

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from newsletter.alerts.matching import ALERT_KINDS, Matches, SubscriptionContent
from newsletter.alerts.notices import CHANGED, CLOSING
from newsletter.models import (
    Delivery,
    DigestRun,
    Frequency,
    Mute,
    Subscriber,
    Subscription,
    message_id,
)
from newsletter.subscriptions import create_due_runs
from publishing.jobs import regularly

#: Subscribers per transaction.
CHUNK_SIZE = 1000
#: Maximum number of items in a mail; of the rest it gives the number.
MAX_ITEMS = 60
RENDERER = "digest"
#: Notices that come first in a mail; within each, the newest first.
URGENT = (CLOSING, CHANGED)


@regularly
def enqueue_alerts(now=None):
    """Create the runs that are due, and continue those that are not finished."""
    create_due_runs(now)
    for run in DigestRun.objects.filter(finished_at=None).order_by("until", "pk"):
        enqueue_run(run)


def enqueue_run(run):
    """Enqueue the mails of a run."""
    matches = Matches(run)
    while matches and _enqueue_chunk(run, matches):
        pass
    if not matches:
        _if_unfinished(run).update(finished_at=timezone.now())


def _if_unfinished(run):
    return DigestRun.objects.filter(pk=run.pk, finished_at=None)


@transaction.atomic
def _enqueue_chunk(run, matches):
    """Enqueue the next chunk; return True if there may be more."""
    locked = _if_unfinished(run).select_for_update(skip_locked=True).first()
    if locked is None:  # locked or finished by another worker
        return False
    chunk = Chunk(locked, matches)
    if chunk.subscriber_ids:
        chunk.enqueue()
        locked.last_subscriber = chunk.subscriber_ids[-1]
    else:
        locked.finished_at = timezone.now()
    locked.save(update_fields=["last_subscriber", "finished_at"])
    return bool(chunk.subscriber_ids)


class Chunk:
    """Next subscribers of a run. The number of queries does not depend on their number."""

    def __init__(self, run, matches):
        self.run = run
        self.matches = matches
        remaining = matches.subscriptions.filter(subscriber__gt=run.last_subscriber)
        keys = remaining.order_by("subscriber_id").values_list("subscriber_id", flat=True)
        #: Subscribers with alerts, in order, and those of them who may be mailed.
        self.subscriber_ids = list(keys.distinct()[:CHUNK_SIZE])
        self.mailable_ids = set(
            Subscriber.objects.mailable()
            .filter(pk__in=self.subscriber_ids)
            .values_list("pk", flat=True)
        )

    def enqueue(self):
        """Create the deliveries of subscribers who get a mail."""
        digests = self.digests()
        Delivery.objects.bulk_create(
            (
                self._delivery(subscriber_id, digest)
                for subscriber_id, digest in digests.items()
            ),
            ignore_conflicts=True,
        )
        self._clear_sent_until()

    def _clear_sent_until(self):
        """Clear `sent_until` of subscriptions that this run has brought up to date."""
        served = set(self.matches.since)
        if self.matches.is_morning:  # the morning run covers only part of them
            served.remove(Frequency.AT_ONCE)
        outdated = self._in_chunk(Subscription.objects.all()).filter(
            subscriber__in=self.mailable_ids
        )
        outdated = outdated.filter(frequency__in=served, sent_until__lt=self.run.until)
        outdated.update(sent_until=None)

    def _delivery(self, subscriber_id, digest):
        key = f"digest:{self.run.pk}:{subscriber_id}"
        is_morning = self.run.kind == DigestRun.Kind.MORNING
        kinds = Delivery.Priority
        return Delivery(
            dedupe_key=key,
            message_id=message_id(key),
            priority=kinds.DIGEST if is_morning else kinds.ALERT,
            subscriber_id=subscriber_id,
            renderer=RENDERER,
            data=digest,
            next_attempt_at=self.run.until,
        )

    def digests(self):
        """Return {subscriber id: data of the delivery} of all who get a mail."""
        recent = self._recent_notices()
        mutes = self._in_chunk(Mute.objects.all())
        muted = set(mutes.values_list("subscriber_id", "content_type_id", "object_id"))
        digests = {}
        for subscriber_id, subscriptions in self._subscriptions().items():
            items = _merged(
                (notice, key)
                for key, content in subscriptions
                for notice in self.matches.notices_for(content)
                if (subscriber_id, *notice.item_key) not in muted
                and (*notice.item_key, notice.key) not in recent[subscriber_id]
            )
            if items:
                digests[subscriber_id] = {
                    "items": items[:MAX_ITEMS],
                    "more": len(items[MAX_ITEMS:]),
                }
        return digests

    def _in_chunk(self, rows):
        """Filter by the range of subscriber ids in the chunk, which may include others."""
        return rows.filter(
            subscriber__gte=self.subscriber_ids[0], subscriber__lte=self.subscriber_ids[-1]
        )

    def _subscriptions(self):
        """Return {subscriber id: [(subscription id, SubscriptionContent)]}."""
        subscriptions = defaultdict(list)
        rows = self._in_chunk(self.matches.subscriptions)
        for subscriber_id, key, *content in rows.values_list(
            "subscriber", "pk", *SubscriptionContent._fields
        ):
            if subscriber_id in self.mailable_ids:
                subscriptions[subscriber_id].append((key, SubscriptionContent(*content)))
        return subscriptions

    def _recent_notices(self):
        """Return {subscriber id: recent notices}, to avoid duplicates.

        Only of subscribers whose subscriptions differ in frequency, or did: all others get no
        notice twice anyway.
        """
        notices = defaultdict(set)
        mails = Delivery.objects.filter(
            subscriber__in=self._mixed_frequency_ids(),
            renderer=RENDERER,
            next_attempt_at__gte=self.matches.earliest,
        ).exclude(state__in=(Delivery.State.FAILED, Delivery.State.SKIPPED))
        for subscriber_id, data in mails.values_list("subscriber_id", "data"):
            notices[subscriber_id].update(
                (kind, pk, key) for kind, pk, keys, _by in data["items"] for key in keys
            )
        return notices

    def _mixed_frequency_ids(self):
        """Return the ids of subscribers whose subscriptions differ in frequency, or did."""
        is_recent = Q(ended_at=None) | Q(ended_at__gte=self.matches.earliest)
        subscriptions = self._in_chunk(
            Subscription.objects.filter(is_recent, kind__in=ALERT_KINDS)
        ).order_by()
        frequencies = subscriptions.values("subscriber").annotate(
            frequencies=Count("frequency", distinct=True), changed=Count("sent_until")
        )
        return frequencies.filter(Q(frequencies__gt=1) | Q(changed__gt=0)).values("subscriber")


def _merged(pairs):
    """Merge pairs of a Notice and a subscription id into one row per item.

    Returns a list for JSON of [content type id, object id, keys, subscription ids], the most
    urgent first.
    """
    items = {}
    for notice, subscription in pairs:
        item = items.setdefault(notice.item_key, ([], set(), set()))
        item[0].append(notice)
        item[1].add(notice.key)
        item[2].add(subscription)
    rows = sorted(items.items(), key=lambda entry: _urgency(entry[1][0]))
    return [[*item_key, sorted(keys), sorted(by)] for item_key, (_notices, keys, by) in rows]


def _urgency(notices):
    events = {notice.event for notice in notices}
    rank = next((n for n, event in enumerate(URGENT) if event in events), len(URGENT))
    return rank, -max(notice.at.timestamp() for notice in notices)
