"""Forms that lose nothing: versions, snapshots, autosave and recovery."""

from backoffice.editing.autosave import keep, may_keep
from backoffice.editing.clashes import clash_errors
from backoffice.editing.form_errors import label_of
from backoffice.editing.form_snapshot import (
    lacking,
    snapshot_while_typing,
    submitted_snapshot,
)
from backoffice.editing.kept_forms import as_kept_form, as_kept_formset
from backoffice.editing.open_forms import forget_saved_form
from backoffice.editing.opening import opened_item
from backoffice.editing.parts import Notes, OpenDraft, UnsavedWork
from backoffice.editing.recovery import forget, kept_form, resume
from backoffice.editing.submission import (
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
