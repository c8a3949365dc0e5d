"""Publishing and unpublishing in the admin."""

from backoffice.publication.checks_page import checks
from backoffice.publication.parts import PublicationState
from backoffice.publication.readiness import (
    ReadinessFindings,
    errors_by_field,
    refuse_unless_form_is_ready,
)
from backoffice.publication.unpublishing import unpublish

__all__ = [
    "PublicationState",
    "ReadinessFindings",
    "checks",
    "errors_by_field",
    "refuse_unless_form_is_ready",
    "unpublish",
]
