from initiatives.models.initiative import Initiative
from initiatives.models.organisation import Organisation, Region
from initiatives.models.rows import (
    InitiativeRelation,
    KeyFigure,
    Milestone,
    Participation,
    Resource,
)

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
