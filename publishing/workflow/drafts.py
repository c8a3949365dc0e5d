"""Drafts: saving, merging, discarding and restoring."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from publishing.models import Revision
from publishing.revisions import snapshots
from publishing.workflow.base import (
    Conflict,
    head,
    item_of,
    lock_item,
    new_ids_since,
    record_publication,
    record_revision,
    renumbered_snapshot,
    without_missing,
)
from publishing.workflow.review_effects import (
    close_review_on_discard,
    invalidate_approval_on_edit,
)


@transaction.atomic
def record_new_item(*, item, by=None, reason=""):
    """Record a new item as its first draft. Returns the Revision."""
    live = lock_item("save", item, by)
    return record_revision(
        live, Revision.Kind.DRAFT, snapshots.dump_live(live), by, reason=reason
    )


@transaction.atomic
def save_draft(*, item, snapshot, by=None, seen=None, overrule=None, reason=""):
    """Save a snapshot as the item's newest draft, without publishing it.

    `seen` is the number of the revision the editor started from (`head(item)`), or None if
    there was none. A newer revision is merged. Conflicts are resolved in favour of the snapshot
    if `overrule` is the number of that newer revision.

    Returns the Revision. Raises PermissionDenied and Conflict, and ValidationError for an
    unpublished item, whose drafts are also written to its tables.
    """
    live = lock_item("save", item, by)
    current = head(live) or record_first_revision(live)
    if current.number != seen:
        snapshot = _merge_concurrent_changes(live, current, snapshot, seen, overrule)
    base = _base_of_new_draft(live, current)
    if not live.is_published:
        live, snapshot, _new_ids = snapshots.apply(live, snapshot)
    draft = record_revision(live, Revision.Kind.DRAFT, snapshot, by, base=base, reason=reason)
    invalidate_approval_on_edit(live, draft)
    return draft


def _merge_concurrent_changes(item, current, mine, seen, overrule):
    revisions = Revision.objects.of(item)
    opened = revisions.filter(number=seen).first() or revisions.last()
    mine = snapshots.renumber(mine, new_ids_since(opened))
    theirs = renumbered_snapshot(current)
    merged, conflicts = snapshots.merge(renumbered_snapshot(opened), theirs, mine)
    if conflicts and overrule != current.number:
        raise Conflict(conflicts, theirs, merged, revision=current)
    return merged


def draft_of(item):
    """Return the item in memory as in its open draft, or the item itself if there is none."""
    draft = Revision.objects.open_draft(item)
    return (
        snapshots.load(item, renumbered_snapshot(draft))
        if differs_from_live(item, draft)
        else item
    )


def differs_from_live(item, revision):
    """Return whether a newest revision differs from the tables.

    True for a draft of an item that is public, or was when the draft was saved.
    """
    if revision is None or item.is_published:
        return revision is not None
    later = Revision.objects.of(item).filter(number__gt=revision.number)
    is_draft = revision.kind == Revision.Kind.DRAFT
    return is_draft and later.filter(kind=Revision.Kind.UNPUBLISHED).exists()


@transaction.atomic
def discard_draft(*, item, by=None, reason=""):
    """Discard the open draft; editing continues from the public revision."""
    live = lock_item("discard", item, by)
    draft = Revision.objects.open_draft(live)
    if not draft or not live.is_published:
        raise ValidationError(_("There is no draft to discard."), code="no_draft")
    close_review_on_discard(live, by)
    data = snapshots.dump_live(live)
    return record_revision(live, Revision.Kind.DISCARDED, data, by, source=draft, reason=reason)


@transaction.atomic
def restore(*, revision, by=None):
    """Restore a former revision as the newest draft. Returns the new Revision."""
    item = item_of(revision)
    current = head(item)
    return save_draft(
        item=item,
        snapshot=without_missing(type(item), renumbered_snapshot(revision)),
        by=by,
        seen=current and current.number,
        reason=_("Version %(number)s restored") % {"number": revision.number},
    )


def record_first_revision(item):
    """Create the first revision of an item created outside the workflow."""
    data = snapshots.dump_live(item)
    if item.is_published:
        return record_publication(item, data, None)
    return record_revision(item, Revision.Kind.DRAFT, data, None)


def get_or_create_draft(item, by):
    """Return the open draft, created from the tables if there is none."""
    if draft := Revision.objects.open_draft(item):
        return draft
    current = head(item)
    snapshot = snapshots.dump_live(item)
    return save_draft(item=item, snapshot=snapshot, by=by, seen=current and current.number)


def _base_of_new_draft(item, current):
    """Return the public revision, or the base of the draft `current`, or None."""
    if current.kind == Revision.Kind.PUBLISHED:
        return current
    return current.base or Revision.objects.live(item)
