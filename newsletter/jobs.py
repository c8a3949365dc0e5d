"""Background jobs of the newsletter; importing them registers them."""

from newsletter.alerts import digest_mail, enqueue_alerts
from newsletter.consent import delete_expired
from newsletter.delivery import delete_old_deliveries
from newsletter.signup import mail_sign_ups
from newsletter.worker import send_mails

__all__ = [
    "digest_mail",
    "delete_old_deliveries",
    "delete_expired",
    "mail_sign_ups",
    "send_mails",
    "enqueue_alerts",
]
