"""Pages of an item and of its type, beside the form and the list."""

from backoffice.editing import autosave_form, discard_unsaved_work, may_autosave
from backoffice.history import (
    compare,
    deleted,
    discard,
    history,
    restore,
    restore_deleted,
    undo,
)
from backoffice.item_pages import (
    ItemPage,
    TypePage,
    back_to_start,
    may_change,
    may_write,
    opened_version,
    workflow_permits,
)
from backoffice.preview import (
    preview,
    preview_links,
    preview_unsaved,
    revoke_preview_link,
)
from backoffice.publication import checks, unpublish
from backoffice.references import linked_from
from backoffice.review import (
    approve,
    comment,
    request_changes,
    review,
    reviewers,
    withdraw,
)
from backoffice.scheduling import ItemScheduleView

ITEM_PAGES = (
    ItemPage("history", history),
    ItemPage("compare", compare, rest="<int:old>/<int:new>/"),
    ItemPage("restore", restore, workflow_permits("restore"), rest="<int:number>/"),
    ItemPage("discard", discard, workflow_permits("discard")),
    ItemPage("undo", undo, workflow_permits("undo")),
    ItemPage("keep", autosave_form, may_autosave),
    ItemPage("preview", preview, rest="<slug:language>/"),
    ItemPage("preview_typed", preview_unsaved, may_change, find=opened_version),
    ItemPage("preview_links", preview_links, may_change),
    ItemPage("preview_revoke", revoke_preview_link, may_change, rest="<int:link_id>/"),
    ItemPage("checks", checks),
    ItemPage("schedule", ItemScheduleView.as_view(), workflow_permits("schedule")),
    ItemPage(
        "unpublish",
        unpublish,
        workflow_permits("unpublish"),
        find=opened_version,
        missing=back_to_start,
    ),
    ItemPage("review", review, workflow_permits("comment")),
    ItemPage("comment", comment, workflow_permits("comment")),
    ItemPage("approve", approve, workflow_permits("approve")),
    ItemPage("request_changes", request_changes, workflow_permits("request_changes")),
    ItemPage("withdraw", withdraw, workflow_permits("withdraw")),
    ItemPage("linked_from", linked_from),
)

TYPE_PAGES = (
    TypePage("add/keep/", "keep_new", autosave_form, may_autosave),
    TypePage("add/preview_typed/", "preview_new", preview_unsaved, may_write),
    TypePage("kept/<str:token>/forget/", "forget", discard_unsaved_work),
    TypePage("reviewers/", "reviewers", reviewers, workflow_permits("submit")),
    TypePage("deleted/", "deleted", deleted, workflow_permits("restore")),
    TypePage(
        "deleted/<int:number>/restore/",
        "restore_deleted",
        restore_deleted,
        workflow_permits("restore"),
    ),
)
