"""Publishing and unpublishing in the admin."""

from backoffice.publication.checks_page import checks
from backoffice.publication.parts import PublicationState
from backoffice.publication.readiness import (
    ReadinessFindings,
    errors_by_field,
    require_form_ready,
)
from backoffice.publication.unpublishing import unpublish

__all__ = [
    "PublicationState",
    "ReadinessFindings",
    "checks",
    "errors_by_field",
    "require_form_ready",
    "unpublish",
]
