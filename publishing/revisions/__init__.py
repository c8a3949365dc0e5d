from publishing.revisions import changes, snapshots
from publishing.revisions.changes import Change, plain_text
from publishing.revisions.field_paths import (
    commentable_fields,
    control_id,
    parse_field_path,
    path_label,
)
from publishing.revisions.snapshots import dump, dump_live, row_relations
from publishing.revisions.withdrawn import CANCELLATION_PERIOD, withdrawn

__all__ = [
    "Change",
    "changes",
    "control_id",
    "dump",
    "dump_live",
    "parse_field_path",
    "path_label",
    "commentable_fields",
    "plain_text",
    "row_relations",
    "snapshots",
    "CANCELLATION_PERIOD",
    "withdrawn",
]
