"""Effects of other workflow steps on reviews."""

from django.utils import timezone

from publishing.models import Comment, Review, Revision
from publishing.workflow import review_mails
from publishing.workflow.approval import has_same_content

State = Review.State


def close(review, state=None, publication=None):
    review.state = state or review.state
    review.publication, review.closed_at = publication, timezone.now()
    review.save(update_fields=["state", "publication", "closed_at"])


def invalidate_approval_on_edit(item, draft):
    """Invalidate an approval if the draft's content has changed."""
    approved = Review.objects.of(item).current().filter(state=State.APPROVED)
    review = approved.select_related("revision").first()
    if review and not has_same_content(review.revision, draft):
        close(review, State.OUTDATED)


def close_review_on_publication(item, version):
    """Close the review if its draft was published."""
    _renumber_comments(item, version.new_ids)
    review = Review.objects.of(item).current().first()
    if review and not Revision.objects.open_draft(item):
        _end(review, item, State.UNDECIDED, version.author, version)


def close_review_on_discard(item, by):
    """Close the review if its draft or item was discarded."""
    if review := Review.objects.of(item).current().first():
        _end(review, item, State.WITHDRAWN, by)


def _end(review, item, undecided, by, publication=None):
    """Close a review; a pending one gets the state `undecided` and its reviewer is notified."""
    waited = review.is_waiting
    close(review, undecided if waited else None, publication)
    if waited:
        review_mails.mail_closed(review, item, by)


def _renumber_comments(item, new_ids):
    """Update comments on rows that now have a primary key."""
    for accessor, ids in new_ids.items():
        for old_id, key in ids.items():
            for comment in Comment.objects.of(item).filter(
                field_path__startswith=f"{accessor}/{old_id}"
            ):
                _accessor, row, *column = comment.field_path.split("/")
                if row == old_id:
                    comment.field_path = "/".join([accessor, str(key), *column])
                    comment.save(update_fields=["field_path"])
