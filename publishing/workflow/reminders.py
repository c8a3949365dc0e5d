"""Reminders of reviews that are due."""

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone

from publishing.jobs import nightly
from publishing.models import Review
from publishing.workflow import review_mails


@nightly
def remind_reviewers():
    """Remind reviewers of reviews that are due or overdue, once each."""
    due = Review.objects.waiting().filter(due_on__lte=timezone.localdate(), reminded_at=None)
    for review in due.select_related("reviewer", "submitter", "revision").iterator():
        _remind_once(review)


@transaction.atomic
def _remind_once(review):
    """Send one reminder; the update ensures that only one process does."""
    unclaimed = Review.objects.waiting().filter(pk=review.pk, reminded_at=None)
    try:
        item = review.item
    except ObjectDoesNotExist:
        return
    if unclaimed.update(reminded_at=timezone.now()):
        review_mails.mail_reminder(review, item)
