"""Previews in the admin: unsaved, saved, and as on another day."""

from backoffice.preview.links import preview_links, revoke_preview_link
from backoffice.preview.parts import PreviewPane
from backoffice.preview.saved import preview
from backoffice.preview.unsaved import preview_unsaved

__all__ = [
    "PreviewPane",
    "preview",
    "preview_links",
    "preview_unsaved",
    "revoke_preview_link",
]
