"""Work in progress: saving, merging, discarding and restoring drafts."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from publishing.models import Revision
from publishing.revisions import snapshots
from publishing.workflow.base import (
    Conflict,
    head,
    item_of,
    locked,
    new_ids_since,
    record,
    record_publication,
    up_to_date,
    without_missing,
)
from publishing.workflow.review import note_edit, note_end


@transaction.atomic
def begin(*, item, by=None, reason=""):
    """Keep what a new item holds as its first draft. Returns the Revision."""
    live = locked("save", item, by)
    return record(live, Revision.Kind.DRAFT, snapshots.dump_live(live), by, reason=reason)


@transaction.atomic
def save_draft(*, item, snapshot, by=None, seen=None, overrule=None, reason=""):
    """Keep a snapshot as the item's newest draft; the public sees nothing of it.

    `seen` is the number of the revision that the editor started from (`head(item)`), or None
    where there was none. If there is a newer one, what doesn't clash is merged; where it does
    clash, the editor's side wins if `overrule` is the number of that newer one.

    Returns the Revision. Raises PermissionDenied, Conflict, and ValidationError for an item
    that isn't public, whose drafts are written to its tables.
    """
    live = locked("save", item, by)
    current = head(live) or record_as_found(live)
    if current.number != seen:
        snapshot = _merged(live, current, snapshot, seen, overrule)
    base = _base_of_new_draft(live, current)
    if not live.is_published:
        live, snapshot, _new_ids = snapshots.apply(live, snapshot)
    draft = record(live, Revision.Kind.DRAFT, snapshot, by, base=base, reason=reason)
    note_edit(live, draft)
    return draft


def _merged(item, current, mine, seen, overrule):
    revisions = Revision.objects.of(item)
    began = revisions.filter(number=seen).first() or revisions.last()
    mine = snapshots.renumber(mine, new_ids_since(began))
    theirs = up_to_date(current)
    merged, clashes = snapshots.merge(up_to_date(began), theirs, mine)
    if clashes and overrule != current.number:
        raise Conflict(clashes, theirs, merged, revision=current)
    return merged


def draft_of(item):
    """The item as its open draft has it, in memory; the item itself where there is none."""
    draft = Revision.objects.open_draft(item)
    return snapshots.load(item, up_to_date(draft)) if is_apart(item, draft) else item


def is_apart(item, revision):
    """Whether the tables don't hold what a revision does, its newest one: a draft of what is
    public, or was when it was saved."""
    if revision is None or item.is_published:
        return revision is not None
    later = Revision.objects.of(item).filter(number__gt=revision.number)
    is_draft = revision.kind == Revision.Kind.DRAFT
    return is_draft and later.filter(kind=Revision.Kind.UNPUBLISHED).exists()


@transaction.atomic
def discard_draft(*, item, by=None, reason=""):
    """Give up the open draft: the next editor starts from what is public."""
    live = locked("discard", item, by)
    draft = Revision.objects.open_draft(live)
    if not draft or not live.is_published:
        raise ValidationError(_("There is no draft to discard."), code="no_draft")
    note_end(live, by)
    data = snapshots.dump_live(live)
    return record(live, Revision.Kind.DISCARDED, data, by, source=draft, reason=reason)


@transaction.atomic
def restore(*, revision, by=None):
    """Make any former version the newest draft. Returns the new Revision."""
    item = item_of(revision)
    current = head(item)
    return save_draft(
        item=item,
        snapshot=without_missing(type(item), up_to_date(revision)),
        by=by,
        seen=current and current.number,
        reason=_("Version %(number)s restored") % {"number": revision.number},
    )


def record_as_found(item):
    """A first revision for an item that was not written through this module."""
    data = snapshots.dump_live(item)
    if item.is_published:
        return record_publication(item, data, None)
    return record(item, Revision.Kind.DRAFT, data, None)


def draft_as_found(item, by):
    """The item's open draft; made of what its tables hold where there is none."""
    if draft := Revision.objects.open_draft(item):
        return draft
    current = head(item)
    snapshot = snapshots.dump_live(item)
    return save_draft(item=item, snapshot=snapshot, by=by, seen=current and current.number)


def _base_of_new_draft(item, current):
    """What is public, or was when the draft `current` was begun; or None."""
    if current.kind == Revision.Kind.PUBLISHED:
        return current
    return current.base or Revision.objects.live(item)
