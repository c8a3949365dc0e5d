"""Approvals of content, and those who may give them."""

from itertools import takewhile

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from publishing.models import Review, Revision
from publishing.revisions import snapshots
from publishing.workflow.base import head, renumbered_snapshot

State = Review.State
#: Number of latest approvals compared with a revision.
MAX_APPROVALS = 10
#: Number of revisions searched for the first one with the current content.
MAX_REVISIONS = 20


def approvers(model, excluding=None):
    """Return the active staff who may approve items of this type, by name.

    `excluding` is a user to exclude.
    """
    options = model._meta
    permission = f"{options.app_label}.approve_{options.model_name}"
    staff = get_user_model().objects.with_perm(permission).filter(is_staff=True)
    others = staff.exclude(pk=excluding.pk) if excluding else staff
    return others.order_by("display_name", "username")


def is_own(review, draft, by):
    """Return whether a user submitted the draft or wrote its content."""
    if review.submitter_id == by.pk:
        return True
    versions = Revision.objects.filter(
        content_type=draft.content_type_id,
        object_id=draft.object_id,
        number__range=(draft.number - MAX_REVISIONS, draft.number),
    )
    versions_alike = takewhile(
        lambda former: has_same_content(former, draft), versions.order_by("-number")
    )
    *_later, first = [version.author_id for version in versions_alike]
    return first == by.pk


def has_same_content(one, other):
    """Return whether two revisions of an item have the same content."""
    return one.pk == other.pk or not snapshots.diff(
        renumbered_snapshot(one), renumbered_snapshot(other)
    )


def require_approval(item, draft, by):
    """Raise ValidationError if an approval is required and missing.

    `draft` is the revision to publish, or None for the item as it is. No approval is required
    of the system (`by` is None), or without the setting REVIEW_REQUIRED.
    """
    if by is None or not settings.REVIEW_REQUIRED:
        return
    version = draft or head(item)
    if version is None or not is_approved(item, version):
        message = _(
            "Someone else must approve this draft before it is published. Request a review."
        )
        raise ValidationError(message, code="not_approved")


def is_approved(item, version):
    """Return whether content equal to this revision's was ever approved."""
    states = (State.APPROVED, State.OUTDATED)
    reviews = Review.objects.of(item).filter(state__in=states)
    approvals = reviews.select_related("revision")[:MAX_APPROVALS]
    return any(has_same_content(approval.revision, version) for approval in approvals)
