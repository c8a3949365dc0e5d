"""Delivery queue on database rows, for any number of workers.

A worker leases the rows that it claims; when the lease has expired, others may claim them. Each
write checks the lease owner, so that a worker whose lease has expired changes nothing.
"""

import secrets
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone

from newsletter.models import Delivery, Edition

State = Delivery.State
#: Much longer than the mail server may take for one mail (EMAIL_TIMEOUT).
LEASE = timedelta(minutes=10)
BATCH = 200
#: Delay before each retry; after the last retry a mail has failed.
BACK_OFF = [
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
]

#: Checked at the last moment, so that every earlier decision is respected.
_MAY_BE_SENT = """
    EXISTS (
        SELECT 1 FROM newsletter_subscriber s
        WHERE s.id = newsletter_delivery.subscriber_id AND s.email IS NOT NULL
        AND (newsletter_delivery.priority = 0 OR (
            s.state = 'active' AND COALESCE(s.paused_until <= %(today)s, %(true)s)
        ))
        AND NOT EXISTS (
            SELECT 1 FROM newsletter_suppression x WHERE x.address_hash = s.address_hash
        )
    )
    AND (edition_id IS NULL OR (
        EXISTS (
            SELECT 1 FROM newsletter_edition e
            WHERE e.id = newsletter_delivery.edition_id AND e.state = 'sending'
        )
        AND EXISTS (
            SELECT 1 FROM newsletter_subscription u
            WHERE u.subscriber_id = newsletter_delivery.subscriber_id
            AND u.kind = 'edition' AND u.ended_at IS NULL
        )
    ))
"""
# One statement and one commit per mail, the most expensive step of the loop. The ORM would take
# longer to build the statement than the database to execute it.
_ADVANCE = f"""
    UPDATE newsletter_delivery SET
        state = CASE WHEN id = %(former)s THEN 'sent' ELSE 'sending' END,
        settled_at = CASE WHEN id = %(former)s THEN %(now)s ELSE settled_at END,
        smtp_code = CASE WHEN id = %(former)s THEN %(code)s ELSE smtp_code END,
        enhanced_code = CASE WHEN id = %(former)s THEN %(enhanced)s ELSE enhanced_code END,
        answer = CASE WHEN id = %(former)s THEN %(answer)s ELSE answer END,
        mail = CASE WHEN id = %(former)s THEN NULL ELSE mail END
    WHERE id IN (%(former)s, %(next)s) AND lease_owner = %(owner)s AND (
        (id = %(former)s AND state = 'sending')
        OR (id = %(next)s AND state = 'claimed' AND {_MAY_BE_SENT})
    )
    RETURNING id
"""  # noqa: S608 - put together from the constant above

#: Columns that the loop reads; others are fetched for the few rows that need them.
_NEEDED = (
    "priority",
    "attempt",
    "edition_id",
    "variant_id",
    "renderer",
    "message_id",
    "subscriber__email",
    "subscriber__token_version",
)


class LostLease(Exception):  # noqa: N818 - nothing went wrong but the time
    """Loss of a lease to another worker."""


class Batch:
    """Deliveries that one worker has leased."""

    def __init__(self, owner, rows):
        self.owner = owner
        self.rows = rows
        self.claimed_at = timezone.now()

    @classmethod
    def claim(cls, size=BATCH):
        """Lease the most urgent deliveries that are due; the batch may be empty."""
        owner = secrets.token_hex(16)
        with transaction.atomic():
            # Ids first: PostgreSQL skips locked rows, SQLite has one writer at a time.
            due = Delivery.objects.due().select_for_update(skip_locked=True, of=("self",))
            keys = list(due.values_list("pk", flat=True)[:size])
            lease = {"lease_owner": owner, "lease_until": timezone.now() + LEASE}
            Delivery.objects.filter(pk__in=keys).update(state=State.CLAIMED, **lease)
        rows = Delivery.objects.filter(lease_owner=owner).order_by("priority", "pk")
        return cls(owner, list(rows.select_related("subscriber").only(*_NEEDED)))

    def advance(self, former, outcome, row):
        """Mark `former` as sent with its outcome and start `row`; either may be None.

        Returns True if `row` may be sent. Raises LostLease.
        """
        values = {
            "former": former.pk if former else 0,
            "next": row.pk if row else 0,
            "owner": self.owner,
            "now": connection.ops.adapt_datetimefield_value(timezone.now()),
            "today": connection.ops.adapt_datefield_value(timezone.localdate()),
            "true": True,
            "code": outcome.code if outcome else None,
            "enhanced": outcome.enhanced if outcome else "",
            "answer": outcome.answer if outcome else "",
        }
        with connection.cursor() as cursor:
            cursor.execute(_ADVANCE, values)
            written = {key for (key,) in cursor.fetchall()}
        if former and former.pk not in written:
            raise LostLease
        return bool(row) and row.pk in written

    def leased(self, *rows):
        """Return those of these rows that this worker still leases."""
        keys = [row.pk for row in rows]
        return Delivery.objects.filter(pk__in=keys, lease_owner=self.owner)

    def settle(self, row, outcome, state, **fields):
        """Record the result of a mail in state SENDING. Raises LostLease."""
        written = self.leased(row).filter(state=State.SENDING)
        if state in Delivery.SETTLED:
            fields |= {"settled_at": timezone.now(), "mail": None}
        if not written.update(
            state=state,
            lease_owner="",
            smtp_code=outcome.code,
            enhanced_code=outcome.enhanced,
            answer=outcome.answer,
            **fields,
        ):
            raise LostLease

    def skip(self, row, reason):
        """Skip a recipient who must not be mailed."""
        leased = self.leased(row).filter(state=State.CLAIMED)
        skipped = {"state": State.SKIPPED, "reason": reason, "settled_at": timezone.now()}
        leased.update(lease_owner="", mail=None, **skipped)

    def renew_lease(self):
        """Renew the lease when half of it is over, as mail servers may be slow."""
        if timezone.now() - self.claimed_at > LEASE / 2:
            self.claimed_at = timezone.now()
            mine = Delivery.objects.filter(lease_owner=self.owner, state__in=Delivery.LEASED)
            mine.update(lease_until=self.claimed_at + LEASE)

    def release(self, *rows, **fields):
        """Release the claimed rows, of these or of all, without counting an attempt."""
        leased = self.leased(*(rows or self.rows)).filter(state=State.CLAIMED)
        released = Case(
            When(attempt__gt=0, then=Value(State.RETRY)), default=Value(State.PENDING)
        )
        leased.update(state=released, lease_owner="", **fields)

    def requeue(self, row, **fields):
        """Release a mail in state SENDING that has certainly not been sent."""
        leased = self.leased(row).filter(state=State.SENDING)
        leased.update(state=State.RETRY, lease_owner="", **fields)


def release_expired(now=None):
    """Release the rows of dead workers.

    Claimed mails have not been sent and become due again. The result of a mail in state SENDING
    is unknown: it is sent again with the same Message-ID, or settled as unknown if its edition
    is at-most-once or it was the last attempt.
    """
    now = now or timezone.now()
    expired = Delivery.objects.filter(state__in=Delivery.LEASED, lease_until__lt=now)
    if not expired.exists():
        return
    begun = expired.filter(state=State.SENDING)
    begun.filter(edition__is_at_most_once=True).update(
        state=State.UNKNOWN, lease_owner="", settled_at=now
    )
    begun.filter(attempt__gte=len(BACK_OFF)).update(
        state=State.UNKNOWN, lease_owner="", settled_at=now
    )
    begun.update(state=State.RETRY, lease_owner="", attempt=F("attempt") + 1)
    claimed = Delivery.objects.filter(state=State.CLAIMED, lease_until__lt=now)
    released = Case(When(attempt__gt=0, then=Value(State.RETRY)), default=Value(State.PENDING))
    claimed.update(state=released, lease_owner="")


def finish_editions():
    """Mark editions as sent when all their deliveries are settled."""
    for edition in Edition.objects.filter(state=Edition.State.SENDING):
        if edition.deliveries.settled().count() >= edition.recipients:
            Edition.objects.filter(pk=edition.pk, state=Edition.State.SENDING).update(
                state=Edition.State.SENT, finished_at=timezone.now()
            )
