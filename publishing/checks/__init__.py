"""Checks that run on the server before an item is published.

A content type adds its own in the module `checks` of its app, with the decorator `check`.
"""

from publishing.checks import (  # noqa: F401 - registers them
    languages,
    links,
    pictures,
    references,
    texts,
)
from publishing.checks.base import (
    Finding,
    Level,
    NotReady,
    check,
    checks_of,
    error,
    findings,
    label,
    ready_to_publish,
    refuse_unless_ready,
    warning,
)

__all__ = [
    "Finding",
    "Level",
    "NotReady",
    "check",
    "checks_of",
    "error",
    "findings",
    "label",
    "ready_to_publish",
    "refuse_unless_ready",
    "warning",
]
