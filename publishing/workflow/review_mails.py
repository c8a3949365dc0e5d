"""Mails to staff about reviews."""

from functools import partial

from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from publishing.mails import absolute_url, mail_staff
from publishing.models import Review, Revision
from publishing.revisions import path_label
from publishing.workflow.base import head, renumbered_snapshot

path_label_lazy = lazy(path_label, str)


def mail_request(review, item):
    """Ask the reviewer to look at the draft."""
    _mail(review, item, review.reviewer, _("Please review: {title}"), "review_asked")


def mail_reminder(review, item):
    """Remind the reviewer; retried the next night if the mail server fails."""
    subject = _("Review due: {title}")
    _mail(review, item, review.reviewer, subject, "review_due", on_failure=_clear_reminder)


def mail_decision(review, item, threads):
    """Notify the submitter of the decision, with the open comments.

    `threads` is from `CommentQuerySet.threads`. Nothing is sent if the submitter decided.
    """
    approved = review.state == Review.State.APPROVED
    subject = _("Approved: {title}") if approved else _("Changes requested: {title}")
    if review.submitter_id != review.decided_by_id:
        _mail(
            review,
            item,
            review.submitter,
            subject,
            "review_decided",
            is_approved=approved,
            comments=_describe_threads(threads, item),
        )


def mail_closed(review, item, by):
    """Notify the reviewer that the review is over, unless they ended it themselves."""
    if review.reviewer_id != getattr(by, "pk", None):
        _mail(
            review,
            item,
            review.reviewer,
            _("Review no longer needed: {title}"),
            "review_over",
            is_published=review.state == Review.State.UNDECIDED,
            by=by,
        )


def _mail(review, item, to, subject, template, on_failure=None, **context):
    title = review.revision.title or str(item)
    mail_staff(
        to,
        format_lazy(subject, title=title),
        template,
        on_failure=partial(on_failure or _add_unreached, review),
        review=review,
        title=title,
        kind=item._meta.verbose_name,
        form_url=_admin_url(item, "change"),
        compare_url=_compare_url(item, review.revision),
        **context,
    )


def _add_unreached(review, user):
    review.unreached = [*review.unreached, user]


def _clear_reminder(review, user):
    if user and user.email:
        Review.objects.filter(pk=review.pk).update(reminded_at=None)


def _admin_url(item, view, *args):
    options = item._meta
    name = admin_urlname(options, view)
    return absolute_url(name, item.pk, *args)


def _compare_url(item, draft):
    """Return the URL that compares the draft with the public version, or None."""
    public = Revision.objects.live(item)
    return _admin_url(item, "compare", public.number, draft.number) if public else None


def _describe_threads(threads, item):
    """Return the threads with the labels of their fields, in the language of the mail."""
    current = head(item)
    snapshot = renumbered_snapshot(current) if current else None
    return [
        {
            "label": path_label_lazy(type(item), thread.field_path, snapshot),
            "entries": thread.entries,
        }
        for thread in threads
    ]
