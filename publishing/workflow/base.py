"""Common parts of the workflow: permissions, locks and revisions."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from localisation.languages import portal_languages
from publishing import signals
from publishing.models import FormerAddress, Revision
from publishing.references import mentions
from publishing.revisions import snapshots

#: verb -> required permission, or several separated by spaces, any of which suffices
PERMISSIONS = {
    "save": "change",
    "discard": "change",
    "restore": "change",
    "submit": "change",
    "withdraw": "change",
    "comment": "change approve",
    "approve": "approve",
    "request_changes": "approve",
    "publish": "publish",
    "schedule": "publish",
    "undo": "publish",
    "unpublish": "publish",
}


class Conflict(Exception):
    """Conflicting concurrent changes.

    `paths` are those in conflict (see `publishing.revisions.diff`), `theirs` is the current
    snapshot (of `revision`, if it is one), and `merged` the merge, with the caller's side at
    these paths.
    """

    def __init__(self, paths, theirs, merged, revision=None):
        super().__init__(_("Someone else has changed the same fields in the meantime."))
        self.paths, self.theirs, self.merged = paths, theirs, merged
        self.revision = revision


def may(verb, *, item, by):
    """Return whether a user may apply `verb` (see PERMISSIONS) to an item or model.

    `by` is None for the system, which may do everything.
    """
    options = item._meta
    return by is None or any(
        by.has_perm(f"{options.app_label}.{permission}_{options.model_name}")
        for permission in PERMISSIONS[verb].split()
    )


def item_of(revision):
    """Return the live item of a revision. Raises DoesNotExist if it was deleted."""
    model = revision.content_type.model_class()
    return model._base_manager.get(pk=revision.object_id)


def lock_item(verb, item, by):
    """Return the item's live row, locked for the transaction. Raises PermissionDenied."""
    if not may(verb, item=item, by=by):
        raise PermissionDenied
    return type(item)._base_manager.select_for_update().get(pk=item.pk)


def record_revision(item, kind, data, by, *, replaced=None, **fields):
    """Record what happened to an item as a Revision, and send `revision_recorded`.

    `replaced` is the revision that readers saw until now, if they saw any.
    """
    newest = Revision.objects.of(item).values_list("number", flat=True).first() or 0
    titles = (data["fields"].get(f"title_{code}") for code in portal_languages())
    revision = Revision.objects.create(
        content_type=ContentType.objects.get_for_model(type(item)),
        object_id=item.pk,
        number=newest + 1,
        kind=kind,
        title=next(filter(None, titles), ""),
        data=data,
        author=by,
        **fields,
    )
    mentions.index_revision(item, revision)
    signals.revision_recorded.send(
        sender=type(item), item=item, revision=revision, replaced=replaced
    )
    return revision


def record_publication(item, data, by, *, former=None, was_public=False, **fields):
    """Record the publication of an item with the snapshot `data`.

    Also updates former addresses and feeds. `former` is the last published revision, if any;
    `was_public` says whether it was still public.
    """
    slug_before = former and former.data["fields"]["slug"]
    FormerAddress.objects.move(item, slug_before, data["fields"]["slug"])
    replaced = former if was_public else None
    return record_revision(item, Revision.Kind.PUBLISHED, data, by, replaced=replaced, **fields)


def head(item):
    """Return the revision to edit: the open draft, else the public one, else the newest."""
    revisions = Revision.objects
    newest = revisions.of(item).select_related("author").first()
    if newest is None or newest.kind == Revision.Kind.DRAFT:
        return newest
    return revisions.open_draft(item) or revisions.live(item) or newest


def renumbered_snapshot(revision, public=None):
    """Return a revision's snapshot with the primary keys of rows published since.

    `public` is the newest published revision, if known.
    """
    return snapshots.renumber(revision.data, new_ids_since(revision, public))


def new_ids_since(revision, public=None):
    """Return {relation: {id: primary key}} of rows published since a revision was made.

    `public` is the newest published revision, if known. The result is cached on the instance,
    so reload the revision after publishing.
    """
    if not hasattr(revision, "_new_ids_since"):
        is_newest = public is not None and public.number <= revision.number
        revision._new_ids_since = {} if is_newest else _find_new_ids_since(revision)
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


def without_missing(model, snapshot):
    """Return a snapshot without references to deleted objects; see `snapshots.missing`."""
    for path, _related, key in snapshots.missing(model, snapshot):
        snapshot = _without(snapshot, path, key)
    return snapshot


def _without(snapshot, path, key):
    if path[0] == "fields":
        return {**snapshot, "fields": {**snapshot["fields"], path[1]: None}}
    if path[0] == "links":
        links = {**snapshot["links"]}
        links[path[1]] = [other for other in links[path[1]] if other != key]
        return {**snapshot, "links": links}
    _rows, accessor, row_key, _column = path
    rows = {**snapshot["rows"]}
    rows[accessor] = [row for row in rows[accessor] if row["pk"] != row_key]
    return {**snapshot, "rows": rows}
