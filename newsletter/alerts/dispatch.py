"""Enqueueing of alert mails: one per subscriber, chunk by chunk.

Each chunk is one transaction, which also saves the progress of the run. If a worker is killed,
the next run of the job continues from there; concurrent workers take turns.
"""

from collections import defaultdict

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from newsletter.alerts.matching import ALERTED, Followed, Matches
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
from newsletter.subscriptions import begin_due
from publishing.jobs import regularly

#: Subscribers per transaction.
CHUNK = 1000
#: Maximum number of items in a mail; of the rest it gives the number.
MOST = 60
RENDERER = "digest"
#: Notices that come first in a mail; within each, the newest first.
URGENT = (CLOSING, CHANGED)


@regularly
def tell_alerts(now=None):
    """Create the runs that are due, and continue those that are not finished."""
    begin_due(now)
    for run in DigestRun.objects.filter(finished_at=None).order_by("until", "pk"):
        tell(run)


def tell(run):
    """Enqueue the mails of a run."""
    matches = Matches(run)
    while matches and _tell_next(run, matches):
        pass
    if not matches:
        _unfinished(run).update(finished_at=timezone.now())


def _unfinished(run):
    return DigestRun.objects.filter(pk=run.pk, finished_at=None)


@transaction.atomic
def _tell_next(run, matches):
    """Enqueue the next chunk; return True if there may be more."""
    locked = _unfinished(run).select_for_update(skip_locked=True).first()
    if locked is None:  # locked or finished by another worker
        return False
    chunk = Chunk(locked, matches)
    if chunk.people:
        chunk.enqueue()
        locked.last_subscriber = chunk.people[-1]
    else:
        locked.finished_at = timezone.now()
    locked.save(update_fields=["last_subscriber", "finished_at"])
    return bool(chunk.people)


class Chunk:
    """Next subscribers of a run. The number of queries does not depend on their number."""

    def __init__(self, run, matches):
        self.run = run
        self.matches = matches
        ahead = matches.followed.filter(subscriber__gt=run.last_subscriber)
        keys = ahead.order_by("subscriber_id").values_list("subscriber_id", flat=True)
        #: Subscribers with alerts, in order, and those of them who may be mailed.
        self.people = list(keys.distinct()[:CHUNK])
        self.readers = set(
            Subscriber.objects.mailable()
            .filter(pk__in=self.people)
            .values_list("pk", flat=True)
        )

    def enqueue(self):
        """Create the deliveries of subscribers who get a mail."""
        digests = self.digests()
        Delivery.objects.bulk_create(
            (self._delivery(reader, digest) for reader, digest in digests.items()),
            ignore_conflicts=True,
        )
        self._catch_up()

    def _catch_up(self):
        """Clear `told_until` of subscriptions that this run has brought up to date."""
        served = set(self.matches.since)
        if self.matches.is_morning:  # the morning run covers only part of them
            served.remove(Frequency.AT_ONCE)
        late = self._theirs(Subscription.objects.all()).filter(subscriber__in=self.readers)
        late = late.filter(frequency__in=served, told_until__lt=self.run.until)
        late.update(told_until=None)

    def _delivery(self, reader, digest):
        key = f"digest:{self.run.pk}:{reader}"
        is_morning = self.run.pace == DigestRun.Pace.MORNING
        kinds = Delivery.Priority
        return Delivery(
            dedupe_key=key,
            message_id=message_id(key),
            priority=kinds.DIGEST if is_morning else kinds.ALERT,
            subscriber_id=reader,
            renderer=RENDERER,
            data=digest,
            next_attempt_at=self.run.until,
        )

    def digests(self):
        """Return {subscriber id: data of the delivery} of all who get a mail."""
        told = self._told()
        mutes = self._theirs(Mute.objects.all())
        muted = set(mutes.values_list("subscriber_id", "content_type_id", "object_id"))
        found = {}
        for reader, subscriptions in self._subscriptions().items():
            items = _merged(
                (notice, key)
                for key, followed in subscriptions
                for notice in self.matches.of(followed)
                if (reader, *notice.place) not in muted
                and (*notice.place, notice.key) not in told[reader]
            )
            if items:
                found[reader] = {"items": items[:MOST], "more": len(items[MOST:])}
        return found

    def _theirs(self, rows):
        """Filter by the range of subscriber ids in the chunk, which may include others."""
        return rows.filter(subscriber__gte=self.people[0], subscriber__lte=self.people[-1])

    def _subscriptions(self):
        """Return {subscriber id: [(subscription id, Followed)]}."""
        found = defaultdict(list)
        rows = self._theirs(self.matches.followed)
        for reader, key, *followed in rows.values_list("subscriber", "pk", *Followed._fields):
            if reader in self.readers:
                found[reader].append((key, Followed(*followed)))
        return found

    def _told(self):
        """Return {subscriber id: recent notices}, to avoid duplicates.

        Only of subscribers whose subscriptions differ in frequency, or did: all others get no
        notice twice anyway.
        """
        found = defaultdict(set)
        mails = Delivery.objects.filter(
            subscriber__in=self._mixed(),
            renderer=RENDERER,
            next_attempt_at__gte=self.matches.earliest,
        ).exclude(state__in=(Delivery.State.FAILED, Delivery.State.SKIPPED))
        for reader, data in mails.values_list("subscriber_id", "data"):
            found[reader].update(
                (kind, key, why) for kind, key, reasons, _by in data["items"] for why in reasons
            )
        return found

    def _mixed(self):
        """Return the ids of subscribers whose subscriptions differ in frequency, or did."""
        lately = Q(ended_at=None) | Q(ended_at__gte=self.matches.earliest)
        people = self._theirs(Subscription.objects.filter(lately, kind__in=ALERTED)).order_by()
        paces = people.values("subscriber").annotate(
            frequencies=Count("frequency", distinct=True), changed=Count("told_until")
        )
        return paces.filter(Q(frequencies__gt=1) | Q(changed__gt=0)).values("subscriber")


def _merged(pairs):
    """Merge pairs of a Notice and a subscription id into one row per item.

    Returns a list for JSON of [content type id, object id, keys, subscription ids], the most
    urgent first.
    """
    items = {}
    for notice, subscription in pairs:
        item = items.setdefault(notice.place, ([], set(), set()))
        item[0].append(notice)
        item[1].add(notice.key)
        item[2].add(subscription)
    rows = sorted(items.items(), key=lambda entry: _urgency(entry[1][0]))
    return [[*place, sorted(keys), sorted(by)] for place, (_notices, keys, by) in rows]


def _urgency(notices):
    kinds = {notice.what for notice in notices}
    rank = next((n for n, what in enumerate(URGENT) if what in kinds), len(URGENT))
    return rank, -max(notice.at.timestamp() for notice in notices)
