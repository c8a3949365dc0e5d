"""Reviews in lists and on the start page."""

from dataclasses import replace

from django.contrib.admin import SimpleListFilter
from django.db.models import OuterRef, Subquery
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.admin.desk import LIMIT, Panel, entry
from publishing.admin.marks import badge
from publishing.models import Review
from publishing.templatetags.staff import staff_name

State = Review.State


class ReviewStateFilter(SimpleListFilter):
    """Narrows to drafts by the state of their review; the rows know theirs either way."""

    title = gettext_lazy("approval")
    parameter_name = "approval"

    def lookups(self, request, model_admin):
        shown = (State.IN_REVIEW, State.APPROVED, State.CHANGES_REQUESTED)
        return [("mine", _("Waiting for me")), *((s.value, s.label) for s in shown)]

    def queryset(self, request, queryset):
        current = Review.objects.of_type(queryset.model).current()
        own = current.filter(object_id=OuterRef("pk"))
        items = queryset.annotate(review_state=Subquery(own.values("state")[:1]))
        if self.value() == "mine":
            current = current.waiting().filter(reviewer=request.user)
        elif self.value():
            current = current.filter(state=self.value())
        else:
            return items
        return items.filter(pk__in=current.values("object_id"))


State = Review.State


def review_mark(item):
    """The badge of an item whose draft is in review, approved or sent back, or "". Made for
    rows that `ReviewStateFilter` has seen."""
    state = getattr(item, "review_state", None)
    return format_html(" {}", badge(State(state).label, state)) if state else ""


def waiting_panel(queryset, user):
    """What the member of staff is asked to review, the most urgent first."""
    reviews = Review.objects.of_type(queryset.model).waiting().filter(reviewer=user)
    return Panel(
        key="waiting",
        title=gettext_lazy("Reviews waiting for me"),
        order=2,
        entries=[
            _entry(item, review, review.due_on, [overdue_note(review), asked_note(review)])
            for item, review in _found(queryset, reviews.order_by("due_on", "pk"))
        ],
        empty=gettext_lazy("Nobody waits for your review."),
    )


def sent_back_panel(queryset, user):
    """The drafts of the member of staff that somebody wants changed."""
    reviews = Review.objects.of_type(queryset.model).current()
    mine = reviews.filter(state=State.CHANGES_REQUESTED, submitter=user)
    return Panel(
        key="sent_back",
        title=gettext_lazy("Sent back to me"),
        order=3,
        entries=[
            _entry(item, review, review.decided_at, [Truncator(review.note).chars(120)])
            for item, review in _found(queryset, mine.order_by("-decided_at"))
        ],
        empty=gettext_lazy("Nothing was sent back to you."),
        is_latest_first=True,
        shows_time=True,
    )


def _found(queryset, reviews):
    """Pairs of item and review, without those whose item was deleted."""
    by_key = {review.object_id: review for review in reviews.with_people()[:LIMIT]}
    items = queryset.filter(pk__in=by_key) if by_key else []
    return [(item, by_key[item.pk]) for item in items]


def _entry(item, review, at, notes):
    line = entry(item, at, filter(None, notes))
    return replace(line, title=review.revision.title or line.title)


def overdue_note(review):
    return _("overdue") if review.is_overdue else ""


def asked_note(review):
    return _("asked by %(who)s") % {"who": staff_name(review.submitter)}
