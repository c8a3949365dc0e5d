"""Background jobs of the newsletter; importing them registers them."""

from newsletter.alerts.rendering import digest_mail
from newsletter.alerts.telling import tell_alerts
from newsletter.confirmations import mail_sign_ups
from newsletter.delivery.retention import forget_deliveries
from newsletter.delivery.worker import send_mails
from newsletter.retention import forget_old

__all__ = [
    "digest_mail",
    "forget_deliveries",
    "forget_old",
    "mail_sign_ups",
    "send_mails",
    "tell_alerts",
]
