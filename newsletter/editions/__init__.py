"""Editions: composed of published items, frozen into one mail per language, and sent."""

from newsletter.editions import freezing
from newsletter.editions.audience import audience
from newsletter.editions.content import told, when
from newsletter.editions.proposal import add, edition_models, last_edition_at, proposal
from newsletter.editions.rendering import MAX_BYTES, edition_mail, html_of, template_of, text_of
from newsletter.editions.starting import start_due
from newsletter.editions.workflow import (
    CHANGE,
    SEND,
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
    "add",
    "approve",
    "audience",
    "cancel",
    "CHANGE",
    "edition_mail",
    "freezing",
    "hand_in",
    "html_of",
    "edition_models",
    "last_edition_at",
    "MAX_BYTES",
    "pause",
    "plan",
    "proposal",
    "reopen",
    "resume",
    "SEND",
    "send_now",
    "start_due",
    "template_of",
    "text_of",
    "told",
    "when",
]
