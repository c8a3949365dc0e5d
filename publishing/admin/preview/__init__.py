"""Previews in the admin: unsaved, saved, and as on another day."""

from publishing.admin.preview.links import preview_links, revoke_preview_link
from publishing.admin.preview.parts import PreviewPane
from publishing.admin.preview.saved import preview
from publishing.admin.preview.unsaved import preview_unsaved

__all__ = [
    "PreviewPane",
    "preview",
    "preview_links",
    "preview_unsaved",
    "revoke_preview_link",
]
