"""Forms that lose nothing: versions, snapshots, autosave and recovery."""

from publishing.admin.editing.autosave import keep, may_keep
from publishing.admin.editing.clashes import clash_errors
from publishing.admin.editing.form_errors import label_of
from publishing.admin.editing.form_snapshot import (
    lacking,
    snapshot_while_typing,
    submitted_snapshot,
)
from publishing.admin.editing.kept_forms import as_kept_form, as_kept_formset
from publishing.admin.editing.open_forms import forget_saved_form
from publishing.admin.editing.opening import opened_item
from publishing.admin.editing.parts import Notes, OpenDraft, UnsavedWork
from publishing.admin.editing.recovery import forget, kept_form, resume
from publishing.admin.editing.submission import (
    change_notes_of,
    overruled_version,
    reason_of,
    seen_version,
)

__all__ = [
    "Notes",
    "OpenDraft",
    "UnsavedWork",
    "as_kept_form",
    "as_kept_formset",
    "change_notes_of",
    "clash_errors",
    "forget",
    "forget_saved_form",
    "keep",
    "kept_form",
    "label_of",
    "lacking",
    "may_keep",
    "opened_item",
    "overruled_version",
    "reason_of",
    "resume",
    "seen_version",
    "snapshot_while_typing",
    "submitted_snapshot",
]
