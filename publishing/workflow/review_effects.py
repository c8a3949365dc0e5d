"""Effects of other workflow steps on reviews."""

from django.utils import timezone

from publishing.models import Comment, Review, Revision
from publishing.workflow import review_mails
from publishing.workflow.approval import same_content

State = Review.State


def close(review, state=None, publication=None):
    review.state = state or review.state
    review.publication, review.closed_at = publication, timezone.now()
    review.save(update_fields=["state", "publication", "closed_at"])


def note_edit(item, draft):
    """Invalidate an approval if the draft's content has changed."""
    approved = Review.objects.of(item).current().filter(state=State.APPROVED)
    review = approved.select_related("revision").first()
    if review and not same_content(review.revision, draft):
        close(review, State.OUTDATED)


def note_publication(item, version):
    """Close the review if its draft was published."""
    _renumber_comments(item, version.new_ids)
    review = Review.objects.of(item).current().first()
    if review and not Revision.objects.open_draft(item):
        _end(review, item, State.UNDECIDED, version.author, version)


def note_end(item, by):
    """Close the review if its draft or item was discarded."""
    if review := Review.objects.of(item).current().first():
        _end(review, item, State.WITHDRAWN, by)


def _end(review, item, undecided, by, publication=None):
    """Close a review; a pending one gets the state `undecided` and its reviewer is notified."""
    waited = review.is_waiting
    close(review, undecided if waited else None, publication)
    if waited:
        review_mails.tell_over(review, item, by)


def _renumber_comments(item, new_ids):
    """Update comments on rows that now have a primary key."""
    for accessor, ids in new_ids.items():
        for known_as, key in ids.items():
            for comment in Comment.objects.of(item).filter(
                place__startswith=f"{accessor}/{known_as}"
            ):
                _accessor, row, *column = comment.place.split("/")
                if row == known_as:
                    comment.place = "/".join([accessor, str(key), *column])
                    comment.save(update_fields=["place"])
