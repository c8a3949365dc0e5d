"""Checks that run on the server before an item is published.

A content type adds its own in the module `checks` of its app, with the decorator `check`.
"""

from publishing.checks import (
    languages,  # noqa: F401 - registers them
    references,  # noqa: F401 - registers them
    texts,  # noqa: F401 - registers them
)
from publishing.checks.base import (
    Finding,
    Level,
    NotReady,
    check,
    checks_of,
    error,
    label,
    language_name,
    require_ready,
    require_ready_to_publish,
    run_checks,
    warning,
)
from publishing.checks.content import Outline, rich_texts, shown_fields, with_rows
from publishing.checks.contradictions import contradicted_amounts, contradicted_dates, days_of
from publishing.checks.dates import out_of_order
from publishing.checks.mentions import amounts_in, dates_in

__all__ = [
    "amounts_in",
    "check",
    "checks_of",
    "contradicted_amounts",
    "contradicted_dates",
    "dates_in",
    "days_of",
    "error",
    "Finding",
    "run_checks",
    "label",
    "language_name",
    "Level",
    "NotReady",
    "out_of_order",
    "Outline",
    "require_ready_to_publish",
    "require_ready",
    "rich_texts",
    "shown_fields",
    "warning",
    "with_rows",
]
