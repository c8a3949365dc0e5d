"""Forms that lose nothing: versions, snapshots, autosave and recovery."""

from backoffice.editing.autosave import autosave_form, may_autosave
from backoffice.editing.conflicts import conflict_errors
from backoffice.editing.form_errors import label_of
from backoffice.editing.form_snapshot import (
    missing_required_fields,
    partial_snapshot,
    submitted_snapshot,
)
from backoffice.editing.open_forms import delete_open_form
from backoffice.editing.opening import opened_item
from backoffice.editing.parts import Notes, OpenDraft, UnsavedWork
from backoffice.editing.recovered_forms import recovered_form_class, recovered_formset_class
from backoffice.editing.recovery import discard_unsaved_work, recover_form, recovered_form
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
    "recovered_form_class",
    "recovered_formset_class",
    "change_notes_of",
    "conflict_errors",
    "discard_unsaved_work",
    "delete_open_form",
    "autosave_form",
    "recovered_form",
    "label_of",
    "missing_required_fields",
    "may_autosave",
    "opened_item",
    "overruled_version",
    "reason_of",
    "recover_form",
    "seen_version",
    "partial_snapshot",
    "submitted_snapshot",
]
