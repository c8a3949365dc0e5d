"""Publication of bundles: all items in one transaction, or none."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from localisation import formats
from publishing.checks import NotReady, require_ready_to_publish
from publishing.models import Revision
from publishing.workflow.base import Conflict, lock_item, may
from publishing.workflow.drafts import get_or_create_draft, record_first_revision
from publishing.workflow.publication import publish


class BundleNotReady(ValidationError):
    """Items of a bundle cannot be published; `refusals` maps items to ValidationErrors."""

    def __init__(self, item_errors):
        self.item_errors = item_errors
        super().__init__(
            [
                formats.named(item, text)
                for item, error in item_errors.items()
                for text in error.messages
            ]
        )


def require_publish_permission(bundle, by):
    """Raise PermissionDenied unless the user may publish all items of the bundle."""
    for key in {entry.content_type_id for entry in bundle.items.all()}:
        model = ContentType.objects.get_for_id(key).model_class()
        if not may("publish", item=model, by=by):
            raise PermissionDenied


@transaction.atomic
def pin_revisions(bundle, by):
    """Pin the newest revision of each item, draft or public, for scheduled publication.

    Raises ValidationError if the bundle is empty or an item was deleted.
    """
    for entry in _entries(bundle):
        entry.revision = _newest(entry.item, by)
        entry.save(update_fields=["revision"])


def _newest(item, by):
    """Return the open draft or, if there is none, the public revision."""
    if item.is_published and not Revision.objects.open_draft(item):
        return Revision.objects.live(item) or record_first_revision(item)
    return get_or_create_draft(item, by)


@transaction.atomic
def publish_bundle(*, bundle, by, reason="", pinned=False):
    """Publish the newest drafts of all items, or the `pinned` revisions, or nothing.

    Unchanged items are skipped. Raises PermissionDenied, BundleNotReady, and ValidationError
    for problems of the bundle itself.
    """
    entries = _entries(bundle)
    # Consistent lock order, to prevent deadlocks between bundles.
    entries.sort(key=lambda entry: (entry.content_type_id, entry.object_id))
    chosen = [
        (lock_item("publish", entry.item, by), entry.revision if pinned else None)
        for entry in entries
    ]
    if pinned:
        _require_unchanged_items(chosen)
    changed = [
        (item, revision) for item, revision in chosen if has_unpublished_changes(item, revision)
    ]
    errors = {item: _publish(item, by, reason, revision) for item, revision in changed}
    if by and not any(errors.values()):  # checked last: they may link to each other
        errors = {item: _check_item(item, reason) for item in errors}
    if item_errors := {item: error for item, error in errors.items() if error}:
        raise BundleNotReady(item_errors)
    bundle.published_at = timezone.now()
    bundle.save(update_fields=["published_at"])


def _entries(bundle):
    entries = list(bundle.items.select_related("revision").prefetch_related("item"))
    if not entries:
        raise ValidationError(_("This bundle is empty."), code="empty")
    if deleted := [entry for entry in entries if entry.item is None]:
        message = _("%(number)s of the items have been deleted. Remove them from the bundle.")
        raise ValidationError(message, params={"number": len(deleted)}, code="deleted")
    return entries


def _require_unchanged_items(chosen):
    """Raise ValidationError for items added or unpublished after scheduling."""
    text = _(
        "%(item)s was added or unpublished after the bundle was scheduled. Schedule the bundle "
        "again."
    )
    problems = [
        text % {"item": item}
        for item, version in chosen
        if version is None or version.kind == Revision.Kind.PUBLISHED and not item.is_published
    ]
    if problems:
        raise ValidationError(problems)


def _publish(item, by, reason, revision):
    """Publish one item without checks; return its ValidationError, or None."""
    try:
        with transaction.atomic():
            publish(item=item, by=by, revision=revision, reason=reason, is_checked=False)
    except Conflict as conflict:
        return ValidationError(str(conflict))
    except ValidationError as error:
        return error


def _check_item(item, reason):
    """Check an item that was just published; return a NotReady, or None."""
    item.refresh_from_db()
    try:
        require_ready_to_publish(item, reason)
    except NotReady as error:
        return error


def has_unpublished_changes(item, revision=None):
    """Return whether publishing the draft `revision`, or the newest, would change anything."""
    revision = revision or Revision.objects.open_draft(item)
    if not item.is_published:
        return True
    if revision is None or revision.kind == Revision.Kind.PUBLISHED:
        return False
    published = Revision.objects.of(item).published().from_drafts().not_undone()
    return not published.filter(source__number__gte=revision.number).exists()
