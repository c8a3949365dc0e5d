"""Lists of the admin: their pages, filters and badges."""

from backoffice.lists.badges import badge, language_badges
from backoffice.lists.changelist import PortalChangeList
from backoffice.lists.completeness import COMMON_GAPS, Gap, language_gaps, without_text
from backoffice.lists.filters import (
    AltTextFilter,
    EditedFilter,
    GapFilter,
    ResponsibilityFilter,
    ReviewFilter,
    StateFilter,
    overdue,
)
from backoffice.lists.paginator import BoundedPaginator
from backoffice.lists.picker import picker

__all__ = [
    "COMMON_GAPS",
    "AltTextFilter",
    "BoundedPaginator",
    "EditedFilter",
    "Gap",
    "GapFilter",
    "PortalChangeList",
    "ResponsibilityFilter",
    "ReviewFilter",
    "StateFilter",
    "badge",
    "language_badges",
    "language_gaps",
    "overdue",
    "picker",
    "without_text",
]
