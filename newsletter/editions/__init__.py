"""Editions: composed of published items, frozen into one mail per language, and sent."""

from newsletter.editions import freezing
from newsletter.editions.audience import audience
from newsletter.editions.content import format_instant, item_texts
from newsletter.editions.proposal import add_items, edition_models, last_edition_at, proposal
from newsletter.editions.rendering import MAX_BYTES, edition_mail, html_of, template_of, text_of
from newsletter.editions.starting import start_due
from newsletter.editions.workflow import (
    CHANGE,
    SEND,
    approve,
    cancel,
    pause,
    reopen,
    request_review,
    resume,
    schedule,
    send_now,
)

__all__ = [
    "add_items",
    "approve",
    "audience",
    "cancel",
    "CHANGE",
    "edition_mail",
    "freezing",
    "request_review",
    "html_of",
    "edition_models",
    "last_edition_at",
    "MAX_BYTES",
    "pause",
    "schedule",
    "proposal",
    "reopen",
    "resume",
    "SEND",
    "send_now",
    "start_due",
    "template_of",
    "text_of",
    "item_texts",
    "format_instant",
]
