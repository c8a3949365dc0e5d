"""Previews in the admin: of what is typed, of what is saved, of another day."""

from publishing.admin.preview.links import preview_links, revoke_preview_link
from publishing.admin.preview.parts import PreviewPane
from publishing.admin.preview.saved import preview
from publishing.admin.preview.typed import preview_typed

__all__ = [
    "PreviewPane",
    "preview",
    "preview_links",
    "preview_typed",
    "revoke_preview_link",
]
