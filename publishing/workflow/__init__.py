"""The publishing workflow: the only code that changes an item's state.

Used by the admin, the API and commands. Each function checks permissions, locks the item and is
atomic. The tables contain what the public sees; work in progress is a draft revision. Drafts of
an unpublished item are also written to the tables.
"""

from publishing.workflow.approval import approvers, is_approved, is_own
from publishing.workflow.base import (
    Conflict,
    head,
    item_of,
    may,
    new_ids_since,
    renumbered_snapshot,
    without_missing,
)
from publishing.workflow.bundles import (
    BundleNotReady,
    has_unpublished_changes,
    publish_bundle,
    require_publish_permission,
)
from publishing.workflow.comments import comment, reopen_comment, reply, resolve_comment
from publishing.workflow.deletion import record_deletion, restore_deleted
from publishing.workflow.drafts import (
    differs_from_live,
    discard_draft,
    draft_of,
    record_new_item,
    restore,
    save_draft,
)
from publishing.workflow.publication import publish, undo_publish, unpublish
from publishing.workflow.reminders import remind_reviewers
from publishing.workflow.review import approve, request_changes, submit, withdraw
from publishing.workflow.schedule import (
    FIRST_RETRY_DELAY,
    cancel,
    publish_due,
    schedule,
    schedule_bundle,
)

__all__ = [
    "approve",
    "approvers",
    "record_new_item",
    "cancel",
    "comment",
    "Conflict",
    "discard_draft",
    "draft_of",
    "FIRST_RETRY_DELAY",
    "has_unpublished_changes",
    "head",
    "differs_from_live",
    "is_approved",
    "is_own",
    "item_of",
    "may",
    "new_ids_since",
    "publish",
    "publish_bundle",
    "publish_due",
    "record_deletion",
    "BundleNotReady",
    "remind_reviewers",
    "reopen_comment",
    "reply",
    "request_changes",
    "require_publish_permission",
    "resolve_comment",
    "restore",
    "restore_deleted",
    "save_draft",
    "schedule",
    "schedule_bundle",
    "submit",
    "undo_publish",
    "unpublish",
    "renumbered_snapshot",
    "withdraw",
    "without_missing",
]
