"""Reviews: submit, approve, request changes, withdraw.

An approval applies to content rather than to a revision: it is valid for every revision with
the same content, and for no other.
"""

from itertools import takewhile

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing.jobs import nightly
from publishing.models import Comment, Review, Revision
from publishing.revisions import snapshots
from publishing.workflow import review_mails
from publishing.workflow.base import head, locked, up_to_date

State = Review.State
#: Number of latest approvals compared with a revision.
APPROVALS = 10
#: Number of revisions searched for the first one with the current content.
SAVES = 20


def approvers(model, besides=None):
    """Return the active staff who may approve items of this type, by name.

    `besides` is a user to exclude.
    """
    options = model._meta
    permission = f"{options.app_label}.approve_{options.model_name}"
    staff = get_user_model().objects.with_perm(permission).filter(is_staff=True)
    others = staff.exclude(pk=besides.pk) if besides else staff
    return others.order_by("display_name", "username")


@transaction.atomic
def submit(*, item, reviewer, due_on, by=None, message=""):
    """Ask `reviewer` to review the item's newest draft by the date `due_on`.

    Returns the Review. Raises PermissionDenied, and ValidationError if there is no draft, it is
    already in review, or the reviewer may not approve it.
    """
    live = locked("submit", item, by)
    draft = _open_draft(live)
    current = Review.objects.of(live).current().first()
    if current and current.is_open:
        raise ValidationError(_("The draft is already in review or approved."), code="open")
    _require_reviewer(live, reviewer, by)
    if due_on < timezone.localdate():
        raise ValidationError({"due_on": _("Choose today or a later date.")}, code="past")
    if current:
        _close(current)
    review = Review.objects.create(
        content_type=draft.content_type,
        object_id=live.pk,
        revision=draft,
        submitter=by,
        reviewer=reviewer,
        due_on=due_on,
        message=message,
    )
    review_mails.ask(review, live)
    return review


@transaction.atomic
def approve(*, review, by=None, note="", seen=None):
    """Approve the item's newest draft, whose number the approver saw as `seen`.

    Returns the Review. Raises PermissionDenied, and ValidationError if the draft was changed
    since or is the approver's own.
    """
    review, live = _locked("approve", review, by)
    draft = _open_draft(live, seen)
    if by and is_own(review, draft, by):
        raise ValidationError(
            _("Someone else must approve what you have written or requested a review for."),
            code="own",
        )
    return _decide(review, live, State.APPROVED, draft, by, note)


def is_own(review, draft, by):
    """Return whether a user submitted the draft or wrote its content."""
    if review.submitter_id == by.pk:
        return True
    versions = Revision.objects.filter(
        content_type=draft.content_type_id,
        object_id=draft.object_id,
        number__range=(draft.number - SAVES, draft.number),
    )
    alike = takewhile(lambda former: same_content(former, draft), versions.order_by("-number"))
    *_later, first = [version.author_id for version in alike]
    return first == by.pk


@transaction.atomic
def request_changes(*, review, note, by=None, seen=None):
    """Send the draft back to its submitter, with a note on what to change.

    Returns the Review. Raises as `approve` does, and ValidationError without a note.
    """
    if not note.strip():
        raise ValidationError({"note": _("Enter what should be changed.")}, code="required")
    review, live = _locked("request_changes", review, by)
    draft = _open_draft(live, seen)
    return _decide(review, live, State.CHANGES_REQUESTED, draft, by, note)


@transaction.atomic
def withdraw(*, review, by=None):
    """Withdraw a draft from review, approved or not. Returns the Review."""
    review, live = _locked("withdraw", review, by, {State.IN_REVIEW, State.APPROVED})
    _close(review, State.WITHDRAWN)
    review_mails.tell_over(review, live, by)
    return review


def _locked(verb, review, by, states=frozenset({State.IN_REVIEW})):
    """Return the current review and its item, both locked for the transaction."""
    try:
        live = locked(verb, review.item, by)
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
        if opened is None or not same_content(opened, draft):
            message = _(
                "The draft has changed since you opened it: it is now version %(number)s. Read "
                "it again before you decide."
            )
            raise ValidationError(message % {"number": draft.number}, code="changed")
    return draft


def _require_reviewer(item, reviewer, by):
    if not approvers(type(item), besides=by).filter(pk=reviewer.pk).exists():
        message = _("Choose a colleague who may approve this.")
        raise ValidationError({"reviewer": message}, code="reviewer")


def _decide(review, item, state, draft, by, note):
    review.state, review.revision, review.note = state, draft, note
    review.decided_by, review.decided_at = by, timezone.now()
    review.save()
    open_threads = Comment.objects.of(item).filter(resolved_at=None).threads()
    review_mails.tell_decision(review, item, open_threads)
    return review


def _close(review, state=None, publication=None):
    review.state = state or review.state
    review.publication, review.closed_at = publication, timezone.now()
    review.save(update_fields=["state", "publication", "closed_at"])


# --- Effects of other workflow steps -----------------------------------------------------


def same_content(one, other):
    """Return whether two revisions of an item have the same content."""
    return one.pk == other.pk or not snapshots.diff(up_to_date(one), up_to_date(other))


def note_edit(item, draft):
    """Invalidate an approval if the draft's content has changed."""
    approved = Review.objects.of(item).current().filter(state=State.APPROVED)
    review = approved.select_related("revision").first()
    if review and not same_content(review.revision, draft):
        _close(review, State.OUTDATED)


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
    _close(review, undecided if waited else None, publication)
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
    approvals = reviews.select_related("revision")[:APPROVALS]
    return any(same_content(approval.revision, version) for approval in approvals)


# --- Reminders ---------------------------------------------------------------------------


@nightly
def remind_reviewers():
    """Remind reviewers of reviews that are due or overdue, once each."""
    due = Review.objects.waiting().filter(due_on__lte=timezone.localdate(), reminded_at=None)
    for review in due.select_related("reviewer", "submitter", "revision").iterator():
        _remind(review)


@transaction.atomic
def _remind(review):
    """Send one reminder; the update ensures that only one process does."""
    unclaimed = Review.objects.waiting().filter(pk=review.pk, reminded_at=None)
    try:
        item = review.item
    except ObjectDoesNotExist:
        return
    if unclaimed.update(reminded_at=timezone.now()):
        review_mails.remind(review, item)
