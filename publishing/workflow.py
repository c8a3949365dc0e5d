"""The only way in which a state changes, from the admin, the API and commands alike.

Each function checks the permission, locks the item, and either does all of its work or none.
What the tables hold is what the public sees; work in progress is a draft revision. An item
that isn't public has nothing to protect: its drafts are written to the tables as well.
"""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import signals, snapshots
from publishing.languages import portal_languages
from publishing.models.revision import Revision
from publishing.states import State

#: verb -> the permission it asks for
PERMISSIONS = {
    "save": "change",
    "discard": "change",
    "restore": "change",
    "publish": "publish",
    "undo": "publish",
    "unpublish": "publish",
}


class Conflict(Exception):
    """Somebody else has changed the same thing.

    `clashes` are the places (see `publishing.snapshots.diff`), `theirs` the snapshot that is
    there now (of `revision`, where it is one), and `merged` one that has all that doesn't
    clash, and the caller's side where it does.
    """

    def __init__(self, clashes, theirs, merged, revision=None):
        super().__init__(_("Somebody else has changed the same fields in the meantime."))
        self.clashes, self.theirs, self.merged = clashes, theirs, merged
        self.revision = revision


def may(verb, *, item, by):
    """Whether the user `by` may do `verb` (see PERMISSIONS) with this item or model.

    None stands for the portal itself, which may do everything.
    """
    options = item._meta
    return by is None or by.has_perm(
        f"{options.app_label}.{PERMISSIONS[verb]}_{options.model_name}"
    )


# --- Drafts -----------------------------------------------------------------------------


@transaction.atomic
def save_draft(*, item, snapshot, by=None, seen=None, overrule=None, reason=""):
    """Keep a snapshot as the item's newest draft; the public sees nothing of it.

    `seen` is the number of the revision that the editor started from (`head(item)`), or None
    where there was none. If there is a newer one, what doesn't clash is merged; where it does
    clash, the editor's side wins if `overrule` is the number of that newer one.

    Returns the Revision. Raises PermissionDenied, Conflict, and ValidationError for an item
    that isn't public, whose drafts are written to its tables.
    """
    live = _lock("save", item, by)
    current = head(live) or _record_as_found(live)
    if current.number != seen:
        snapshot = _merged(live, current, snapshot, seen, overrule)
    base = _base_of_new_draft(live)
    if not live.is_published:
        snapshots.apply(live, snapshot)
        snapshot = snapshots.dump_live(live)
    return _record(live, Revision.Kind.DRAFT, snapshot, by, base=base, reason=reason)


def _merged(item, current, mine, seen, overrule):
    revisions = Revision.objects.of(item)
    began = revisions.filter(number=seen).first() or revisions.last()
    mine = snapshots.renumber(mine, new_ids_since(began))
    theirs = up_to_date(current)
    merged, clashes = snapshots.merge(up_to_date(began), theirs, mine)
    if clashes and overrule != current.number:
        raise Conflict(clashes, theirs, merged, revision=current)
    return merged


def head(item):
    """The revision that an editor goes on from: the open draft, or what is public, or None."""
    revisions = Revision.objects
    return revisions.open_draft(item) or revisions.live(item) or revisions.of(item).first()


def draft_of(item):
    """The item as its open draft has it, in memory; the item itself where there is none."""
    draft = Revision.objects.open_draft(item)
    return snapshots.load(item, up_to_date(draft)) if draft and item.is_published else item


@transaction.atomic
def discard_draft(*, item, by=None, reason=""):
    """Give up the open draft: the next editor starts from what is public."""
    live = _lock("discard", item, by)
    draft = Revision.objects.open_draft(live)
    if not draft or not live.is_published:
        raise ValidationError(_("There is no draft to discard."), code="no_draft")
    data = snapshots.dump_live(live)
    return _record(live, Revision.Kind.DISCARDED, data, by, source=draft, reason=reason)


@transaction.atomic
def restore(*, revision, by=None):
    """Make any former version the newest draft. Returns the new Revision."""
    item = item_of(revision)
    current = head(item)
    return save_draft(
        item=item,
        snapshot=_without_missing(type(item), up_to_date(revision)),
        by=by,
        seen=current and current.number,
        reason=_("Version %(number)s restored") % {"number": revision.number},
    )


# --- Publishing -------------------------------------------------------------------------


@transaction.atomic
def publish(*, item, by=None, revision=None, reason="", change_note=None):
    """Make the open draft public, or the draft `revision`, or else the item as it is.

    `change_note` maps language codes to what readers are told of the change. Returns the live
    item. Raises PermissionDenied, ValidationError when the content isn't valid, and Conflict
    when what is public has changed since the draft was begun in a way that can't be merged.
    """
    live = _lock("publish", item, by)
    draft = revision or Revision.objects.open_draft(live)
    new_ids = {}
    if draft:
        live, new_ids = snapshots.apply(live, _rebased(live, draft))
    else:
        live.full_clean()
    _set_published(live)
    data = snapshots.dump_live(live)
    notes = {f"change_note_{code}": text for code, text in (change_note or {}).items()}
    _record(
        live,
        Revision.Kind.PUBLISHED,
        data,
        by,
        source=draft,
        new_ids=new_ids,
        reason=reason,
        **notes,
    )
    _tell(signals.published, live, by)
    _copy_state(live, item)
    return live


def _rebased(item, draft):
    """The draft's snapshot, merged with what has gone live since it was begun."""
    mine = up_to_date(draft)
    theirs = snapshots.dump_live(item)
    merged, clashes = snapshots.merge(_known_base(item, draft) or theirs, theirs, mine)
    if clashes:
        raise Conflict(clashes, theirs, merged)
    return merged


def _known_base(item, draft):
    """Snapshot of the last live state that the draft already contains, or None."""
    since = draft.base.number if draft.base else 0
    part = (
        Revision.objects.of(item)
        .published()
        .filter(source__number__lte=draft.number, source__number__gt=since)
        .first()
    )
    if part:
        return up_to_date(part.source)
    return up_to_date(draft.base) if draft.base else None


def up_to_date(revision):
    """A revision's snapshot, with the real ids of rows that have gone live since."""
    return snapshots.renumber(revision.data, new_ids_since(revision))


def new_ids_since(revision):
    """{accessor: {id: real id}} of rows that have gone live since a revision was made.

    Kept with the revision in memory: ask a fresh one after publishing.
    """
    if not hasattr(revision, "_new_ids_since"):
        revision._new_ids_since = _find_new_ids_since(revision)
    return revision._new_ids_since


def _find_new_ids_since(revision):
    later = Revision.objects.published().filter(
        content_type=revision.content_type_id,
        object_id=revision.object_id,
        number__gt=revision.number,
    )
    found = {}
    for new_ids in later.order_by("number").values_list("new_ids", flat=True):
        for name, ids in new_ids.items():
            known = found.setdefault(name, {})
            known |= {old: ids.get(str(new), new) for old, new in known.items()} | ids
    return found


@transaction.atomic
def undo_publish(*, item, by=None, reason=""):
    """Make public again what was public before the last publish; if nothing was, unpublish."""
    live = _lock("undo", item, by)
    last, before = (list(Revision.objects.of(live).published()[:2]) + [None, None])[:2]
    if not last or not live.is_published:
        raise ValidationError(_("There is nothing to undo."), code="nothing_to_undo")
    if not before:
        return unpublish(item=item, by=by, reason=reason)
    snapshot = _without_missing(type(live), up_to_date(before))
    live, new_ids = snapshots.apply(live, snapshot)
    _set_published(live)
    reason = reason or _("Version %(number)s undone") % {"number": last.number}
    data = snapshots.dump_live(live)
    _record(live, Revision.Kind.PUBLISHED, data, by, new_ids=new_ids, reason=reason)
    _tell(signals.published, live, by)
    _copy_state(live, item)
    return live


@transaction.atomic
def unpublish(*, item, by=None, reason=""):
    """Hide an item from the public. It keeps its address, and an open draft stays open."""
    live = _lock("unpublish", item, by)
    if not live.is_published:
        raise ValidationError(_("This item is not published."), code="wrong_state")
    live.state = State.DRAFT
    live.save(update_fields=["state", "updated_at"])
    data = snapshots.dump_live(live)
    _record(live, Revision.Kind.UNPUBLISHED, data, by, reason=reason)
    _tell(signals.unpublished, live, by)
    _copy_state(live, item)
    return live


# --- Deleted items ----------------------------------------------------------------------


def record_deletion(item, by=None):
    """Keep what an item was, before it is deleted. History outlives it."""
    data = snapshots.dump_live(item)
    return _record(item, Revision.Kind.DELETED, data, by)


@transaction.atomic
def restore_deleted(*, revision, by=None):
    """Bring a deleted item back as a draft, under its old key. Returns it."""
    model = revision.content_type.model_class()
    item = model(pk=revision.object_id, state=State.DRAFT)
    if not may("restore", item=item, by=by):
        raise PermissionDenied
    if model._base_manager.filter(pk=item.pk).exists():
        raise ValidationError(_("This item isn't deleted."), code="not_deleted")
    snapshot = _without_missing(model, revision.data)
    for name, value in snapshot["fields"].items():
        setattr(item, name, value)
    item.slug = item.free_slug(item.slug)
    model.save_base(item, force_insert=True)
    snapshot["fields"]["slug"] = item.slug
    item, _new_ids = snapshots.apply(item, snapshot)
    data = snapshots.dump_live(item)
    reason = _("Restored after deletion")
    _record(item, Revision.Kind.DRAFT, data, by, reason=reason)
    return item


# --- What all of them need --------------------------------------------------------------


def item_of(revision):
    """The live item of a revision. Raises DoesNotExist when it was deleted."""
    model = revision.content_type.model_class()
    return model._base_manager.get(pk=revision.object_id)


def _lock(verb, item, by):
    """The item's live row, locked until the transaction ends. Raises PermissionDenied."""
    if not may(verb, item=item, by=by):
        raise PermissionDenied
    return type(item)._base_manager.select_for_update().get(pk=item.pk)


def _record(item, kind, data, by, **fields):
    newest = Revision.objects.of(item).values_list("number", flat=True).first() or 0
    titles = (data["fields"].get(f"title_{code}") for code in portal_languages())
    return Revision.objects.create(
        content_type=ContentType.objects.get_for_model(type(item)),
        object_id=item.pk,
        number=newest + 1,
        kind=kind,
        title=next(filter(None, titles), ""),
        data=data,
        author=by,
        **fields,
    )


def _record_as_found(item):
    """A first revision for an item that was not written through this module."""
    kind = Revision.Kind.PUBLISHED if item.is_published else Revision.Kind.DRAFT
    return _record(item, kind, snapshots.dump_live(item), None)


def _base_of_new_draft(item):
    draft = Revision.objects.open_draft(item)
    return draft.base if draft and draft.base else Revision.objects.live(item)


def _set_published(item):
    now = timezone.now()
    item.state = State.PUBLISHED
    item.first_published_at = item.first_published_at or now
    item.last_published_at = now
    item.save(update_fields=["state", "first_published_at", "last_published_at", "updated_at"])


def _tell(signal, item, by):
    transaction.on_commit(lambda: signal.send_robust(sender=type(item), item=item, by=by))


def _copy_state(live, item):
    """The caller's instance shows what has happened, too."""
    for name in ("state", "first_published_at", "last_published_at"):
        setattr(item, name, getattr(live, name))


def _without_missing(model, snapshot):
    """A snapshot without what it refers to and is gone; see `snapshots.missing`."""
    for place, _related, key in snapshots.missing(model, snapshot):
        snapshot = _without(snapshot, place, key)
    return snapshot


def _without(snapshot, place, key):
    if place[0] == "fields":
        return {**snapshot, "fields": {**snapshot["fields"], place[1]: None}}
    if place[0] == "links":
        links = {**snapshot["links"]}
        links[place[1]] = [other for other in links[place[1]] if other != key]
        return {**snapshot, "links": links}
    _rows, accessor, row_key, _column = place
    rows = {**snapshot["rows"]}
    rows[accessor] = [row for row in rows[accessor] if row["pk"] != row_key]
    return {**snapshot, "rows": rows}
