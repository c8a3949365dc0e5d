"""Editions: composed of published items, frozen into one mail per language, and sent."""

from newsletter.editions.audience import audience
from newsletter.editions.content import told
from newsletter.editions.workflow import (
    approve,
    cancel,
    hand_in,
    pause,
    plan,
    reopen,
    resume,
    send_now,
)

__all__ = [
    "approve",
    "audience",
    "cancel",
    "hand_in",
    "pause",
    "plan",
    "reopen",
    "resume",
    "send_now",
    "told",
]
