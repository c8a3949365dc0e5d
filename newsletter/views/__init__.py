from newsletter.views import alerts, personal, sign_up
from newsletter.views.sign_up import REFUSAL_RESPONSES, retry_after

__all__ = [
    "alerts",
    "personal",
    "REFUSAL_RESPONSES",
    "retry_after",
    "sign_up",
]
