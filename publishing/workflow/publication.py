"""Publication: publish, undo, unpublish."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import signals
from publishing.checks import require_ready_to_publish
from publishing.models import Revision
from publishing.revisions import snapshots
from publishing.states import State
from publishing.workflow.approval import require_approval
from publishing.workflow.base import (
    Conflict,
    lock_item,
    record_publication,
    record_revision,
    renumbered_snapshot,
    without_missing,
)
from publishing.workflow.review_effects import close_review_on_publication

#: Columns of the publication state.
PUBLICATION_FIELDS = ["state", "first_published_at", "last_published_at"]


@transaction.atomic
def publish(*, item, by=None, revision=None, reason="", change_note=None, is_checked=True):
    """Publish the draft `revision`, else the open draft, else the item as it is.

    `change_note` maps language codes to notes for readers. Returns the live item.

    Raises PermissionDenied, ValidationError for invalid content, and Conflict if the public
    version has changed since the draft was begun and cannot be merged. For a user, raises
    NotReady (see `publishing.checks`) unless `is_checked` is false; the caller must then run
    the checks.
    """
    live = lock_item("publish", item, by)
    was_public = live.is_published
    former = Revision.objects.of(live).published().first()
    draft = revision or Revision.objects.open_draft(live)
    require_approval(live, draft, by)
    if draft:
        live, data, new_ids = _apply_draft(live, draft, former)
    else:
        data, new_ids = _save_as_it_is(live), {}
    if by and is_checked:
        require_ready_to_publish(snapshots.load(live, data), reason)
    notes = {f"change_note_{code}": text for code, text in (change_note or {}).items()}
    version = record_publication(
        live,
        data,
        by,
        former=former,
        was_public=was_public,
        source=draft,
        new_ids=new_ids,
        reason=reason,
        **notes,
    )
    if draft:
        close_review_on_publication(live, version)
    _send_on_commit(signals.published, live, by)
    _copy_state(live, item)
    return live


def _apply_draft(item, draft, former):
    """Save the item with the draft's content, as published; see `snapshots.apply`."""
    current = snapshots.dump_live(item)
    content = _merge_public_changes(item, draft, former, current)
    _set_published(item)
    return snapshots.apply(item, content, current)


def _save_as_it_is(item):
    """Save that the item is published. Returns its snapshot."""
    item.full_clean()
    _set_published(item)
    item.save(update_fields=[*PUBLICATION_FIELDS, "updated_at"])
    return snapshots.dump_live(item)


def _merge_public_changes(item, draft, public, theirs):
    """Return the draft's snapshot, merged with `theirs`, the current public content."""
    mine = renumbered_snapshot(draft, public) if public else draft.data
    if not item.is_published:  # the tables only contain another draft
        return mine
    base = _find_base(item, draft, public) or theirs
    merged, conflicts = snapshots.merge(base, theirs, mine)
    if conflicts:
        raise Conflict(conflicts, theirs, merged)
    return merged


def _find_base(item, draft, public):
    """Return the snapshot of the last public state included in the draft, or None."""
    if public and draft.base_id == public.pk:
        return public.data
    since = draft.base.number if draft.base else 0
    part = (
        Revision.objects.of(item)
        .published()
        .from_drafts()
        .not_undone()
        .filter(source__number__lte=draft.number, source__number__gt=since)
        .first()
    )
    if part:
        return renumbered_snapshot(part.source)
    return renumbered_snapshot(draft.base) if draft.base else None


@transaction.atomic
def undo_publish(*, item, by=None, reason="", seen=None):
    """Restore the previous public version; if there was none, unpublish the item.

    The new revision has the undone one as its source, which readers can then no longer open.
    `seen`, if given, must be the number of the revision to undo.
    """
    live = lock_item("undo", item, by)
    last = Revision.objects.of(live).published().select_related("source").first()
    if not last or not live.is_published:
        raise ValidationError(_("There is nothing to undo."), code="nothing_to_undo")
    if seen not in (None, last.number):
        message = _("Version %(number)s is no longer the last published version.")
        raise ValidationError(message, params={"number": seen}, code="stale")
    before = Revision.objects.live(live, before=last.number)
    if not before:
        return _withdraw(live, item, by, reason, source=last)
    snapshot = without_missing(type(live), renumbered_snapshot(before))
    _set_published(live)
    live, data, new_ids = snapshots.apply(live, snapshot)
    record_publication(
        live,
        data,
        by,
        former=last,
        was_public=True,
        source=last,
        new_ids=new_ids,
        reason=reason or _reason_to_undo(last),
    )
    _send_on_commit(signals.published, live, by)
    _copy_state(live, item)
    return live


def _reason_to_undo(version):
    if version.undone:
        return _("Version %(number)s published again") % {"number": version.undone.number}
    return _("Version %(number)s undone") % {"number": version.number}


@transaction.atomic
def unpublish(*, item, by=None, reason=""):
    """Unpublish an item. It keeps its URL and its open draft."""
    live = lock_item("unpublish", item, by)
    if not live.is_published:
        raise ValidationError(_("This item is not published."), code="wrong_state")
    return _withdraw(live, item, by, reason)


def _withdraw(live, item, by, reason, source=None):
    live.state = State.DRAFT
    live.save(update_fields=["state", "updated_at"])
    data = snapshots.dump_live(live)
    record_revision(live, Revision.Kind.UNPUBLISHED, data, by, source=source, reason=reason)
    _send_on_commit(signals.unpublished, live, by)
    _copy_state(live, item)
    return live


def _set_published(item):
    """Set the publication fields in memory; the caller saves them with the content."""
    now = timezone.now()
    item.state = State.PUBLISHED
    item.first_published_at = item.first_published_at or now
    item.last_published_at = now


def _send_on_commit(signal, item, by):
    transaction.on_commit(lambda: signal.send_robust(sender=type(item), item=item, by=by))


def _copy_state(live, item):
    """Update the caller's instance with the new state."""
    for name in PUBLICATION_FIELDS:
        setattr(item, name, getattr(live, name))
