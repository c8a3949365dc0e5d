from newsletter.views import alerts, personal, sign_up
from newsletter.views.sign_up import REFUSED, retry_after

__all__ = [
    "alerts",
    "personal",
    "REFUSED",
    "retry_after",
    "sign_up",
]
