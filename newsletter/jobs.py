"""Background jobs of the newsletter; importing them registers them."""

from newsletter.alerts import digest_mail, tell_alerts
from newsletter.consent import forget_old
from newsletter.delivery import forget_deliveries
from newsletter.signup import mail_sign_ups
from newsletter.worker import send_mails

__all__ = [
    "digest_mail",
    "forget_deliveries",
    "forget_old",
    "mail_sign_ups",
    "send_mails",
    "tell_alerts",
]
