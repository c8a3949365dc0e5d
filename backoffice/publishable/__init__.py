"""The admin of a Publishable: its form, its list and its pages."""

from backoffice.publishable.admin import PublishableAdmin

__all__ = ["PublishableAdmin"]
