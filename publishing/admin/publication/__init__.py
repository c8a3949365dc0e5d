"""Publishing and unpublishing in the admin."""

from publishing.admin.publication.checks_page import checks
from publishing.admin.publication.parts import PublicationState
from publishing.admin.publication.readiness import (
    ReadinessFindings,
    errors_by_field,
    refuse_unless_form_is_ready,
)
from publishing.admin.publication.unpublishing import unpublish

__all__ = [
    "PublicationState",
    "ReadinessFindings",
    "checks",
    "errors_by_field",
    "refuse_unless_form_is_ready",
    "unpublish",
]
