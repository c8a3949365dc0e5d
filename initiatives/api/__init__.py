"""API of initiatives and organisations."""

from initiatives.api.initiatives import InitiativeViewSet
from initiatives.api.organisations import OrganisationViewSet
from initiatives.api.references import (
    InitiativeReferenceSerializer,
    OrganisationReferenceSerializer,
    RegionSerializer,
)

__all__ = [
    "InitiativeReferenceSerializer",
    "InitiativeViewSet",
    "OrganisationReferenceSerializer",
    "OrganisationViewSet",
    "RegionSerializer",
]
