"""What staff are told of a review by mail."""

from functools import partial

from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from publishing.mails import absolute_url, mail_staff
from publishing.models import Review, Revision
from publishing.revisions import place_label
from publishing.workflow.base import head, up_to_date

place_label_lazy = lazy(place_label, str)


def ask(review, item):
    """Asks the reviewer to look at the draft."""
    _mail(review, item, review.reviewer, _("Please review: {title}"), "review_asked")


def remind(review, item):
    """Reminds the reviewer; again in the next night if the mail server fails now."""
    subject = _("Review due: {title}")
    _mail(review, item, review.reviewer, subject, "review_due", if_unreached=_forget_reminder)


def tell_decision(review, item, threads):
    """Tells who handed the draft in what was decided, with what is said about the draft:
    `threads` are the comments that are open (see `CommentQuerySet.threads`)."""
    approved = review.state == Review.State.APPROVED
    subject = _("Approved: {title}") if approved else _("Please change: {title}")
    if review.submitter_id != review.decided_by_id:
        _mail(
            review,
            item,
            review.submitter,
            subject,
            "review_decided",
            is_approved=approved,
            comments=_described(threads, item),
        )


def tell_over(review, item, by):
    """Tells the reviewer, unless it was their doing, that there is nothing left to review."""
    if review.reviewer_id != getattr(by, "pk", None):
        _mail(
            review,
            item,
            review.reviewer,
            _("No longer to be reviewed: {title}"),
            "review_over",
            is_published=review.state == Review.State.UNDECIDED,
            by=by,
        )


def _mail(review, item, to, subject, template, if_unreached=None, **context):
    title = review.revision.title or str(item)
    mail_staff(
        to,
        format_lazy(subject, title=title),
        template,
        if_unreached=partial(if_unreached or _note_unreached, review),
        review=review,
        title=title,
        kind=item._meta.verbose_name,
        form_url=_address(item, "change"),
        compare_url=_compare_url(item, review.revision),
        **context,
    )


def _note_unreached(review, user):
    review.unreached = [*review.unreached, user]


def _forget_reminder(review, user):
    if user and user.email:
        Review.objects.filter(pk=review.pk).update(reminded_at=None)


def _address(item, view, *args):
    options = item._meta
    name = admin_urlname(options, view)
    return absolute_url(name, item.pk, *args)


def _compare_url(item, draft):
    """Where the draft stands beside what is public; None where nothing is."""
    public = Revision.objects.live(item)
    return _address(item, "compare", public.number, draft.number) if public else None


def _described(threads, item):
    """The threads with the names of their places, in the language of the mail."""
    current = head(item)
    snapshot = up_to_date(current) if current else None
    return [
        {
            "place": place_label_lazy(type(item), thread.place, snapshot),
            "entries": thread.entries,
        }
        for thread in threads
    ]
