"""API of calls and projects."""

from calls.api.calls import CallViewSet
from calls.api.projects import ProjectViewSet
from calls.api.references import CallReferenceSerializer, ProjectReferenceSerializer

__all__ = [
    "CallReferenceSerializer",
    "CallViewSet",
    "ProjectReferenceSerializer",
    "ProjectViewSet",
]
