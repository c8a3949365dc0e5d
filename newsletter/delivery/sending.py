"""The loop that sends what is due, for as long as something is."""

import logging
import threading
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone

from newsletter.delivery import results as outcomes
from newsletter.delivery.mails import Mails, address
from newsletter.delivery.queue import (
    BACK_OFF,
    Batch,
    LostLease,
    finish_editions,
    release_expired,
)
from newsletter.delivery.transport import Outage, Outcome, Pace, Result, transport
from newsletter.models import Delivery, Edition, Suppression

logger = logging.getLogger(__name__)

Reason = Delivery.Reason
#: After so many mails one after the other that were refused for no fault of the address, or
#: broken off, it is the mail server that has a problem.
IN_A_ROW = 5


def send_due(stop=None):
    """Send all that is due. Returns how many mails the server took.

    Any number of processes and threads may do so at once. Ends soon after the Event `stop` is
    set, or when the mail server takes nothing.
    """
    sender = Sender(stop or threading.Event())
    try:
        sender.run()
    finally:
        sender.transport.close()
        finish_editions()
    return sender.sent


class Sender:
    """One worker, with one connection to the mail server."""

    def __init__(self, stop):
        self.stop = stop
        self.transport = transport()
        self.mails = Mails()
        self.pace = Pace(settings.MAIL_RATE)
        self.envelope_from = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        self.sent = 0
        #: Deliveries and Outcomes since the last mail that was taken.
        self.in_vain = []

    def run(self):
        while not self.stop.is_set():
            release_expired()
            batch = Batch.claim()
            if not batch.rows:
                return
            try:
                self.work(batch)
            except LostLease:
                logger.warning("A batch of mails took longer than its lease")
            except Outage as outage:
                logger.warning("Mail server: %s", outage)
                return
            finally:
                batch.release()

    def work(self, batch):
        """Send the mails of a batch. Raises Outage and LostLease."""
        former = outcome = None
        for row in batch.rows:
            if not self.pace.wait(self.stop):
                break
            batch.keep()
            may_be_sent = batch.advance(former, outcome, row)
            former = None
            if not may_be_sent:
                self.pass_over(batch, row)
                continue
            outcome = self.send(batch, row)
            if outcome and outcome.result is Result.SENT:
                former = row
            elif outcome:
                outcomes.note(batch, row, outcome)
        if former:
            batch.advance(former, outcome, None)

    def send(self, batch, row):
        """Hand one mail over: the Outcome, None when there was nothing to send."""
        try:
            mail = self.mails.of(row)
        except Exception:  # one mail that can't be made must not hold up all others
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
            self.give_up(batch, row, outage)
            raise
        return outcome

    def count(self, row, outcome):
        """Raises Outage when too much went wrong in a row that is nobody's fault."""
        if outcome.result is Result.SENT:
            self.sent += 1
        if not outcomes.is_in_vain(outcome):
            self.in_vain = []
            return
        self.in_vain.append((row, outcome))
        if len(self.in_vain) >= IN_A_ROW:
            outcomes.uncharge(self.in_vain)
            raise Outage(outcome.answer)

    def drop(self, batch, row):
        nothing = Outcome(Result.REFUSED)
        batch.settle(row, nothing, Delivery.State.SKIPPED, reason=Reason.UNUSABLE)

    def give_up(self, batch, row, outage):
        """The mail server takes nothing: charge nobody, and wait."""
        if row.edition_id:
            batch.take_back(row)
            outcomes.pause_itself(row.edition_id, str(outage))
        else:
            batch.take_back(row, next_attempt_at=timezone.now() + BACK_OFF[0])

    def pass_over(self, batch, row):
        """Somebody decided meanwhile that this mail is not to be sent, or not now."""
        held = batch.held(row).select_related("subscriber", "edition").first()
        if held is None:  # cancelled, or the lease is lost, which the next write will tell
            return
        if held.edition and held.edition.state != Edition.State.SENDING:
            batch.release(row)
        else:
            batch.skip(row, _reason(held.subscriber))


def _reason(subscriber):
    if subscriber is None or subscriber.email is None:
        return Reason.ERASED
    if Suppression.objects.filter(address_hash=subscriber.address_hash).exists():
        return Reason.SUPPRESSED
    return Reason.PAUSED if subscriber.is_paused else Reason.UNSUBSCRIBED
