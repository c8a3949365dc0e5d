from calls.models.call import Call, CallQuerySet
from calls.models.key_date import KeyDate
from calls.models.project import Project, ProjectParticipant
from calls.models.rows import CallContact, FunderOffer

__all__ = [
    "Call",
    "CallContact",
    "CallQuerySet",
    "FunderOffer",
    "KeyDate",
    "Project",
    "ProjectParticipant",
]
