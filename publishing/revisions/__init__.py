from publishing.revisions import changes, snapshots
from publishing.revisions.changes import Change, plain_text
from publishing.revisions.field_paths import control_id, find_place, place_label, places
from publishing.revisions.snapshots import dump, dump_live, row_relations
from publishing.revisions.withdrawn import TOLD_FOR, withdrawn

__all__ = [
    "Change",
    "changes",
    "control_id",
    "dump",
    "dump_live",
    "find_place",
    "place_label",
    "places",
    "plain_text",
    "row_relations",
    "snapshots",
    "TOLD_FOR",
    "withdrawn",
]
