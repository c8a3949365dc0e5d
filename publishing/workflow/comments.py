"""Comments on drafts in review."""

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing.models import Comment
from publishing.revisions import parse_field_path
from publishing.workflow.base import head, may, renumbered_snapshot


@transaction.atomic
def comment(*, review, text, by=None, field_path=""):
    """Comment on a field path of the draft (see `Comment.field_path`). Returns the Comment.

    Raises PermissionDenied, and ValidationError if the text is empty or the path does not
    exist.
    """
    item = _item(review, by)
    current = head(item)
    parse_field_path(type(item), field_path, renumbered_snapshot(current) if current else None)
    return _write(review=review, text=text, author=by, field_path=field_path)


@transaction.atomic
def reply(*, comment, text, by=None):
    """Reply to a comment; a reply to a reply joins its thread. Returns the Comment."""
    _item(comment.review, by)
    thread = comment.parent or comment
    return _write(
        review=thread.review, text=text, author=by, field_path=thread.field_path, parent=thread
    )


@transaction.atomic
def resolve_comment(*, comment, by=None):
    """Mark a comment as resolved."""
    _item(comment.review, by)
    _save_resolved(comment, by, timezone.now())


@transaction.atomic
def reopen_comment(*, comment, by=None):
    _item(comment.review, by)
    _save_resolved(comment, None, None)


def _item(review, by):
    try:
        item = review.item
    except ObjectDoesNotExist:
        raise ValidationError(_("The item was deleted."), code="deleted") from None
    if not may("comment", item=item, by=by):
        raise PermissionDenied
    return item


def _write(text, **fields):
    if not text.strip():
        raise ValidationError({"text": _("Write a comment first.")}, code="required")
    comment = Comment(text=text.strip(), **fields)
    Comment._meta.get_field("text").run_validators(comment.text)
    comment.save()
    return comment


def _save_resolved(comment, by, at):
    comment.resolved_by, comment.resolved_at = by, at
    comment.save(update_fields=["resolved_by", "resolved_at"])
