"""Sending mails so that none is lost and hardly any comes twice, whatever breaks meanwhile.

    queue.py      the rows: claimed, marked, released; each write fenced by the lease's owner
    templates.py  the bytes that many share, and the places for what differs
    mails.py      what is sent for a row
    transport.py  the conversation with the mail server, and what an answer means
    sending.py    the loop over all of these
    outcomes.py   what is written of a mail that was not taken; suppressions
    bounces.py    what is reported later: webhooks of mail services, returned mails

SMTP cannot send exactly once: the answer to a mail's last line may be lost. What is kept: at
least once, and of each connection that is cut at most one mail a second time.
"""

from newsletter.delivery.mails import Mails, renders
from newsletter.delivery.queue import Batch, LostLease
from newsletter.delivery.reports import MOST, take_returned, webhook
from newsletter.delivery.retention import forget_deliveries
from newsletter.delivery.sending import send_due
from newsletter.delivery.templates import PLACES, RECIPIENT, Template, with_places
from newsletter.delivery.transport import Outcome, Result, SmtpTransport

__all__ = [
    "Batch",
    "forget_deliveries",
    "LostLease",
    "Mails",
    "MOST",
    "Outcome",
    "PLACES",
    "RECIPIENT",
    "renders",
    "Result",
    "send_due",
    "SmtpTransport",
    "take_returned",
    "Template",
    "webhook",
    "with_places",
]
