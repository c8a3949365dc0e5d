"""Bundles in the admin."""

from backoffice.bundles.admin import BundleAdmin
from backoffice.bundles.choice import add_to_bundle

__all__ = ["BundleAdmin", "add_to_bundle"]
