from initiatives.models.initiative import Initiative
from initiatives.models.organisation import Organisation, Region
from initiatives.models.participation import Participation
from initiatives.models.relation import InitiativeRelation
from initiatives.models.rows import KeyFigure, Milestone, Resource

__all__ = [
    "Initiative",
    "InitiativeRelation",
    "KeyFigure",
    "Milestone",
    "Organisation",
    "Participation",
    "Region",
    "Resource",
]
