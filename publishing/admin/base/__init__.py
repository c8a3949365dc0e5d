"""Bases of the model admins."""
