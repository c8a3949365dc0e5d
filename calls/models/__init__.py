from calls.models.call import Call
from calls.models.call_queryset import CallQuerySet
from calls.models.consortium_rule import ConsortiumRule
from calls.models.funder_offer import FunderOffer
from calls.models.key_date import KeyDate
from calls.models.phase import Phase
from calls.models.project import Project, ProjectParticipant
from calls.models.question import Question
from calls.models.rows import CallContact
from calls.models.statistic import COUNTS, Statistic

__all__ = [
    "Call",
    "CallContact",
    "CallQuerySet",
    "ConsortiumRule",
    "COUNTS",
    "FunderOffer",
    "KeyDate",
    "Phase",
    "Project",
    "ProjectParticipant",
    "Question",
    "Statistic",
]
