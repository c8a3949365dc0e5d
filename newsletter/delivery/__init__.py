"""Mail delivery: no mail is lost and hardly any is sent twice, whatever fails.

    queue.py      rows: claimed, updated, released; each write is fenced by the lease owner
    templates.py  bytes shared by many mails, with placeholders for personal values
    mails.py      the mail of a row
    transport.py  SMTP conversation, and the meaning of each reply
    sending.py    main loop
    failures.py   handling of mails that were not accepted; suppression
    reports.py    later reports: webhooks of mail services, returned mails

SMTP cannot send exactly once, because the reply to the last line of a mail may be lost. The
guarantee is at least once, with at most one duplicate per broken connection.
"""

from newsletter.delivery.mails import MailBuilder, register_renderer
from newsletter.delivery.queue import Batch, LostLease
from newsletter.delivery.reports import MAX_REPORT_BYTES, process_returned_mail, webhook
from newsletter.delivery.retention import delete_old_deliveries
from newsletter.delivery.sending import send_due
from newsletter.delivery.templates import (
    PLACEHOLDERS,
    RECIPIENT,
    Template,
    isolate_placeholders,
)
from newsletter.delivery.transport import Outcome, Result, SmtpTransport

__all__ = [
    "Batch",
    "delete_old_deliveries",
    "LostLease",
    "MailBuilder",
    "MAX_REPORT_BYTES",
    "Outcome",
    "PLACEHOLDERS",
    "RECIPIENT",
    "register_renderer",
    "Result",
    "send_due",
    "SmtpTransport",
    "process_returned_mail",
    "Template",
    "webhook",
    "isolate_placeholders",
]
