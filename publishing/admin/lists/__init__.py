"""Lists of the admin: their pages, filters and badges."""

from publishing.admin.lists.badges import badge, language_badges
from publishing.admin.lists.changelist import PortalChangeList
from publishing.admin.lists.completeness import COMMON_GAPS, Gap, language_gaps, without_text
from publishing.admin.lists.filters import (
    AltTextFilter,
    EditedFilter,
    GapFilter,
    ResponsibilityFilter,
    ReviewFilter,
    StateFilter,
    overdue,
)
from publishing.admin.lists.paginator import BoundedPaginator
from publishing.admin.lists.picker import picker

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
