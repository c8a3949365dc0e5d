"""Previews in the admin."""
