"""Bundles in the admin."""

from publishing.admin.bundles.admin import BundleAdmin
from publishing.admin.bundles.choice import add_to_bundle

__all__ = ["BundleAdmin", "add_to_bundle"]
