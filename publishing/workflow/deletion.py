"""Recording and restoring of deleted items."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from publishing.models import Revision
from publishing.revisions import snapshots
from publishing.states import State
from publishing.workflow.base import may, record_revision, without_missing
from publishing.workflow.review_effects import close_review_on_discard
from publishing.workflow.schedule import cancel_all


def record_deletion(item, by=None):
    """Record an item's last state before deletion, and cancel its schedules."""
    cancel_all(item)
    close_review_on_discard(item, by)
    data = snapshots.dump_live(item)
    return record_revision(item, Revision.Kind.DELETED, data, by)


@transaction.atomic
def restore_deleted(*, revision, by=None):
    """Restore a deleted item as a draft with its old primary key. Returns the item."""
    model = revision.content_type.model_class()
    item = model(pk=revision.object_id, state=State.DRAFT)
    if not may("restore", item=item, by=by):
        raise PermissionDenied
    if model._base_manager.filter(pk=item.pk).exists():
        raise ValidationError(_("This item isn't deleted."), code="not_deleted")
    snapshot = without_missing(model, revision.data)
    for name, value in snapshot["fields"].items():
        setattr(item, name, value)
    item.slug = item.free_slug(item.slug)
    model.save_base(item, force_insert=True)
    snapshot["fields"]["slug"] = item.slug
    item, data, _new_ids = snapshots.apply(item, snapshot)
    reason = _("Restored after deletion")
    record_revision(item, Revision.Kind.DRAFT, data, by, reason=reason)
    return item
