"""Previews in the admin: unsaved, saved, and as on another day."""

from backoffice.preview.as_on import as_on_page, choose_instant
from backoffice.preview.links import preview_links, revoke_preview_link
from backoffice.preview.parts import PreviewPane
from backoffice.preview.saved import preview
from backoffice.preview.unsaved import preview_unsaved

__all__ = [
    "PreviewPane",
    "as_on_page",
    "choose_instant",
    "preview",
    "preview_links",
    "preview_unsaved",
    "revoke_preview_link",
]
