"""Lists of the admin: their pages, filters and badges."""

from backoffice.lists.badges import badge, language_badges
from backoffice.lists.changelist import PortalChangeList
from backoffice.lists.completeness import (
    COMMON_COMPLETENESS_CHECKS,
    CompletenessCheck,
    translation_checks,
    without_text,
)
from backoffice.lists.filters import (
    AltTextFilter,
    CompletenessFilter,
    EditedFilter,
    ResponsibilityFilter,
    ReviewFilter,
    StateFilter,
    overdue,
)
from backoffice.lists.paginator import BoundedPaginator
from backoffice.lists.picker import picker

__all__ = [
    "COMMON_COMPLETENESS_CHECKS",
    "AltTextFilter",
    "BoundedPaginator",
    "EditedFilter",
    "CompletenessCheck",
    "CompletenessFilter",
    "PortalChangeList",
    "ResponsibilityFilter",
    "ReviewFilter",
    "StateFilter",
    "badge",
    "language_badges",
    "translation_checks",
    "overdue",
    "picker",
    "without_text",
]
