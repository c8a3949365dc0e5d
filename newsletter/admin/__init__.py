"""Subscribers and what proves their consent; editions and their sending."""

from newsletter.admin.subscriber import SubscriberAdmin

__all__ = ["SubscriberAdmin"]
