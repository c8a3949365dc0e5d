"""What the newsletter does by itself."""

from newsletter.confirmations import mail_sign_ups
from newsletter.delivery.worker import send_mails
from newsletter.retention import forget_old

__all__ = ["forget_old", "mail_sign_ups", "send_mails"]
