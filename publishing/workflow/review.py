"""Reviews: submit, approve, request changes, withdraw.

An approval applies to content rather than to a revision: it is valid for every revision with
the same content, and for no other.
"""

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing.models import Comment, Review, Revision
from publishing.workflow import review_mails
from publishing.workflow.approval import approvers, has_same_content, is_own
from publishing.workflow.base import lock_item
from publishing.workflow.review_effects import close

State = Review.State


@transaction.atomic
def submit(*, item, reviewer, due_on, by=None, message=""):
    """Ask `reviewer` to review the item's newest draft by the date `due_on`.

    Returns the Review. Raises PermissionDenied, and ValidationError if there is no draft, it is
    already in review, or the reviewer may not approve it.
    """
    live = lock_item("submit", item, by)
    draft = _open_draft(live)
    current = Review.objects.of(live).current().first()
    if current and current.is_open:
        raise ValidationError(_("The draft is already in review or approved."), code="open")
    _require_reviewer(live, reviewer, by)
    if due_on < timezone.localdate():
        raise ValidationError({"due_on": _("Choose today or a later date.")}, code="past")
    if current:
        close(current)
    review = Review.objects.create(
        content_type=draft.content_type,
        object_id=live.pk,
        revision=draft,
        submitter=by,
        reviewer=reviewer,
        due_on=due_on,
        message=message,
    )
    review_mails.mail_request(review, live)
    return review


@transaction.atomic
def approve(*, review, by=None, note="", seen=None):
    """Approve the item's newest draft, whose number the approver saw as `seen`.

    Returns the Review. Raises PermissionDenied, and ValidationError if the draft was changed
    since or is the approver's own.
    """
    review, live = _lock_review("approve", review, by)
    draft = _open_draft(live, seen)
    if by and is_own(review, draft, by):
        raise ValidationError(
            _("Someone else must approve what you have written or requested a review for."),
            code="own",
        )
    return _decide(review, live, State.APPROVED, draft, by, note)


@transaction.atomic
def request_changes(*, review, note, by=None, seen=None):
    """Send the draft back to its submitter, with a note on what to change.

    Returns the Review. Raises as `approve` does, and ValidationError without a note.
    """
    if not note.strip():
        raise ValidationError({"note": _("Enter what should be changed.")}, code="required")
    review, live = _lock_review("request_changes", review, by)
    draft = _open_draft(live, seen)
    return _decide(review, live, State.CHANGES_REQUESTED, draft, by, note)


@transaction.atomic
def withdraw(*, review, by=None):
    """Withdraw a draft from review, approved or not. Returns the Review."""
    review, live = _lock_review("withdraw", review, by, {State.IN_REVIEW, State.APPROVED})
    close(review, State.WITHDRAWN)
    review_mails.mail_closed(review, live, by)
    return review


def _lock_review(verb, review, by, states=frozenset({State.IN_REVIEW})):
    """Return the current review and its item, both locked for the transaction."""
    try:
        live = lock_item(verb, review.item, by)
    except ObjectDoesNotExist:
        raise ValidationError(_("The item was deleted."), code="deleted") from None
    now = Review.objects.select_for_update().get(pk=review.pk)
    if now.closed_at or now.state not in states:
        message = _("This review is already closed: “%(state)s”.")
        raise ValidationError(message % {"state": now.get_state_display()}, code="over")
    return now, live


def _open_draft(item, seen=None):
    draft = Revision.objects.open_draft(item)
    if draft is None:
        raise ValidationError(
            _("There is no draft to review. Save a draft, then request a review."),
            code="no_draft",
        )
    if seen not in (None, draft.number):
        opened = Revision.objects.of(item).filter(number=seen).first()
        if opened is None or not has_same_content(opened, draft):
            message = _(
                "The draft has changed since you opened it: it is now version %(number)s. Read "
                "it again before you decide."
            )
            raise ValidationError(message % {"number": draft.number}, code="changed")
    return draft


def _require_reviewer(item, reviewer, by):
    if not approvers(type(item), excluding=by).filter(pk=reviewer.pk).exists():
        message = _("Choose a colleague who may approve this.")
        raise ValidationError({"reviewer": message}, code="reviewer")


def _decide(review, item, state, draft, by, note):
    review.state, review.revision, review.note = state, draft, note
    review.decided_by, review.decided_at = by, timezone.now()
    review.save()
    open_threads = Comment.objects.of(item).filter(resolved_at=None).threads()
    review_mails.mail_decision(review, item, open_threads)
    return review
