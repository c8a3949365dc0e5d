"""Panels of reviews on the start page."""

from dataclasses import replace

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.dashboard import Panel, entry
from backoffice.templatetags.staff import staff_name
from publishing import workflow
from publishing.models import Review

State = Review.State
#: Reviews of one member of staff that the start page looks at.
MAX_REVIEWS = 100


def review_panels(request, queryset):
    """Return the panels of one's own reviews that the member of staff has a use for."""
    panels = {
        "approve": waiting_panel,
        "submit": sent_back_panel,
    }
    pairs = own_pairs(request, queryset)
    return [
        panel(pairs)
        for verb, panel in panels.items()
        if workflow.may(verb, item=queryset.model, by=request.user)
    ]


def own_reviews(request):
    """Return the reviews that wait for the user or sent back their drafts, of all types.

    One query a request.
    """
    if not hasattr(request, "own_reviews"):
        waiting = Q(reviewer=request.user, state=State.IN_REVIEW)
        sent_back = Q(submitter=request.user, state=State.CHANGES_REQUESTED)
        found = Review.objects.current().filter(waiting | sent_back).order_by("due_on", "pk")
        request.own_reviews = list(found.with_people()[:MAX_REVIEWS])
    return request.own_reviews


def own_pairs(request, queryset):
    """Return pairs of the queryset's items and their reviews, as above."""
    kind = ContentType.objects.get_for_model(queryset.model)
    reviews = {r.object_id: r for r in own_reviews(request) if r.content_type_id == kind.pk}
    items = queryset.filter(pk__in=reviews) if reviews else []  # some may be deleted
    return [(item, reviews[item.pk]) for item in items]


def waiting_panel(pairs):
    """Return the panel of reviews that the member of staff is asked for."""
    return Panel(
        key="waiting",
        title=gettext_lazy("Reviews waiting for me"),
        order=2,
        entries=[
            _entry(item, review, review.due_on, overdue_note(review), requester_note(review))
            for item, review in pairs
            if review.is_waiting
        ],
        empty=gettext_lazy("No reviews are waiting for you."),
    )


def sent_back_panel(pairs):
    """Return the panel of the member of staff's drafts that somebody wants changed."""
    return Panel(
        key="sent_back",
        title=gettext_lazy("Sent back to me"),
        order=3,
        entries=[
            _entry(item, review, review.decided_at, Truncator(review.note).chars(120))
            for item, review in pairs
            if not review.is_waiting
        ],
        empty=gettext_lazy("Nothing was sent back to you."),
        is_latest_first=True,
        shows_time=True,
    )


def _entry(item, review, at, note, badge=""):
    line = entry(item, at, [note] if note else [], badge)
    return replace(line, title=review.revision.title or line.title)


def overdue_note(review):
    return _("overdue") if review.is_overdue else ""


def requester_note(review):
    return _("requested by %(who)s") % {"who": staff_name(review.submitter)}
