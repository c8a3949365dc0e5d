"""Bundles in the admin."""
