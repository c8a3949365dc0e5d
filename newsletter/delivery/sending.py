"""Main loop of sending mails."""

import logging
import threading
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone

from newsletter.delivery import failures
from newsletter.delivery.mails import MailBuilder, address
from newsletter.delivery.queue import (
    BACK_OFF,
    Batch,
    LostLease,
    finish_editions,
    release_expired,
)
from newsletter.delivery.transport import Outage, Outcome, Result, Throttle, transport
from newsletter.models import Delivery, Edition, Suppression

logger = logging.getLogger(__name__)

Reason = Delivery.Reason
#: Consecutive failures not due to an address after which the mail server is considered to be
#: at fault.
MAX_SERVER_FAILURES = 5


def send_due(stop=None):
    """Send all mails that are due and return how many the server accepted.

    Any number of processes and threads may call this at once. It ends soon after the Event
    `stop` is set, or when the mail server accepts nothing.
    """
    sender = Sender(stop or threading.Event())
    try:
        sender.run()
    finally:
        sender.transport.close()
        finish_editions()
    return sender.sent


class Sender:
    """Worker with one connection to the mail server."""

    def __init__(self, stop):
        self.stop = stop
        self.transport = transport()
        self.mail_builder = MailBuilder()
        self.throttle = Throttle(settings.MAIL_RATE)
        self.envelope_from = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        self.sent = 0
        #: (Delivery, Outcome) of consecutive failures that are not due to an address.
        self.server_failures = []

    def run(self):
        while not self.stop.is_set():
            release_expired()
            batch = Batch.claim()
            if not batch.rows:
                return
            try:
                self.send_batch(batch)
            except LostLease:
                logger.warning("A batch of e-mails took longer than its lease")
            except Outage as outage:
                logger.warning("Mail server: %s", outage)
                return
            finally:
                batch.release()

    def send_batch(self, batch):
        """Send the mails of a batch. Raises Outage and LostLease."""
        former = outcome = None
        for row in batch.rows:
            if not self.throttle.wait(self.stop):
                break
            batch.renew_lease()
            may_be_sent = batch.advance(former, outcome, row)
            former = None
            if not may_be_sent:
                self.skip(batch, row)
                continue
            outcome = self.send(batch, row)
            if outcome and outcome.result is Result.SENT:
                former = row
            elif outcome:
                failures.record_failure(batch, row, outcome)
        if former:
            batch.advance(former, outcome, None)

    def send(self, batch, row):
        """Send one mail and return its Outcome, or None if there is no mail."""
        try:
            mail = self.mail_builder.build(row)
        except Exception:  # one broken mail must not block the others
            logger.exception("Delivery %s has no mail", row.pk)
            mail = None
        if mail is None:
            return self.drop(batch, row)
        try:
            outcome = self.transport.send(
                self.envelope_from, address(row.subscriber.email), mail
            )
            self.count(row, outcome)
        except Outage as outage:
            self.requeue(batch, row, outage)
            raise
        return outcome

    def count(self, row, outcome):
        """Count an outcome; raise Outage after too many failures due to the server."""
        if outcome.result is Result.SENT:
            self.sent += 1
        if not failures.is_server_failure(outcome):
            self.server_failures = []
            return
        self.server_failures.append((row, outcome))
        if len(self.server_failures) >= MAX_SERVER_FAILURES:
            failures.reset_for_retry(self.server_failures)
            raise Outage(outcome.answer)

    def drop(self, batch, row):
        nothing = Outcome(Result.REFUSED)
        batch.settle(row, nothing, Delivery.State.SKIPPED, reason=Reason.UNUSABLE)

    def requeue(self, batch, row, outage):
        """Return a mail to the queue when the mail server accepts nothing.

        Counts no attempt. Pauses the edition, or delays a personal mail.
        """
        if row.edition_id:
            batch.requeue(row)
            failures.pause_edition(row.edition_id, str(outage))
        else:
            batch.requeue(row, next_attempt_at=timezone.now() + BACK_OFF[0])

    def skip(self, batch, row):
        """Skip a mail that must not be sent any more, or release it for later."""
        leased = batch.leased(row).select_related("subscriber", "edition").first()
        if leased is None:  # cancelled, or a lost lease, which the next write detects
            return
        if leased.edition and leased.edition.state != Edition.State.SENDING:
            batch.release(row)
        else:
            batch.skip(row, _reason(leased.subscriber))


def _reason(subscriber):
    if subscriber is None or subscriber.email is None:
        return Reason.ERASED
    if Suppression.objects.filter(address_hash=subscriber.address_hash).exists():
        return Reason.SUPPRESSED
    return Reason.PAUSED if subscriber.is_paused else Reason.UNSUBSCRIBED
