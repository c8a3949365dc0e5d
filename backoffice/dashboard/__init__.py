"""Panels of the start page."""

from backoffice.dashboard.drafts import drafts_panel
from backoffice.dashboard.items import (
    closing_panel,
    completeness_panel,
    edited_panel,
    review_panel,
)
from backoffice.dashboard.panel import LIMIT, Entry, Panel, entry

__all__ = [
    "LIMIT",
    "Entry",
    "Panel",
    "closing_panel",
    "drafts_panel",
    "edited_panel",
    "entry",
    "completeness_panel",
    "review_panel",
]
