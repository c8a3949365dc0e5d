"""Editions: composed from what is published, frozen into one mail a language, then sent."""

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
