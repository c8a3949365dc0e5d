"""Snapshots: an item with rows, many-to-many links and all languages, as JSON.

    {"fields": {column: value}, "links": {name: [pk, …]}, "rows": {relation: [row, …]}}

A row is {"pk": id, "fields": {column: value}}. Rows that were never published have a negative
id, to avoid collisions with rows of the live table.
"""

from publishing.revisions.snapshots.comparison import diff
from publishing.revisions.snapshots.content import (
    content_fields,
    link_fields,
    new_row_id,
    row_fields,
    row_relations,
)
from publishing.revisions.snapshots.dumping import dump, dump_live, dump_row
from publishing.revisions.snapshots.loading import load
from publishing.revisions.snapshots.merging import merge
from publishing.revisions.snapshots.targets import missing, references
from publishing.revisions.snapshots.writing import apply, renumber

__all__ = [
    "apply",
    "content_fields",
    "diff",
    "dump",
    "dump_live",
    "dump_row",
    "link_fields",
    "load",
    "merge",
    "missing",
    "new_row_id",
    "references",
    "renumber",
    "row_fields",
    "row_relations",
]
