"""Reviews in lists and on the start page."""

from dataclasses import replace

from django.contrib.admin import SimpleListFilter
from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Q, Subquery
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.desk import Panel, entry
from backoffice.marks import badge
from backoffice.templatetags.staff import staff_name
from publishing.models import Review

State = Review.State
#: Reviews of one member of staff that the start page knows.
OWN = 100


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


def own_reviews(request):
    """What waits for the member of staff, and what was sent back to them, of all types: one
    query a request."""
    if not hasattr(request, "own_reviews"):
        waiting = Q(reviewer=request.user, state=State.IN_REVIEW)
        sent_back = Q(submitter=request.user, state=State.CHANGES_REQUESTED)
        found = Review.objects.current().filter(waiting | sent_back).order_by("due_on", "pk")
        request.own_reviews = list(found.with_people()[:OWN])
    return request.own_reviews


def own_panels(request, queryset):
    """The start page's panels of reviews, with those of the queryset's items."""
    kind = ContentType.objects.get_for_model(queryset.model)
    reviews = {r.object_id: r for r in own_reviews(request) if r.content_type_id == kind.pk}
    items = queryset.filter(pk__in=reviews) if reviews else []  # some may be deleted
    pairs = [(item, reviews[item.pk]) for item in items]
    return [
        waiting_panel([pair for pair in pairs if pair[1].is_waiting]),
        sent_back_panel([pair for pair in pairs if not pair[1].is_waiting]),
    ]


def waiting_panel(pairs):
    """What the member of staff is asked to review: pairs of item and review."""
    return Panel(
        key="waiting",
        title=gettext_lazy("Reviews waiting for me"),
        order=2,
        entries=[
            _entry(item, review, review.due_on, overdue_note(review), asked_note(review))
            for item, review in pairs
        ],
        empty=gettext_lazy("No reviews are waiting for you."),
    )


def sent_back_panel(pairs):
    """The drafts of the member of staff that somebody wants changed, as above."""
    return Panel(
        key="sent_back",
        title=gettext_lazy("Sent back to me"),
        order=3,
        entries=[
            _entry(item, review, review.decided_at, Truncator(review.note).chars(120))
            for item, review in pairs
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


def asked_note(review):
    return _("requested by %(who)s") % {"who": staff_name(review.submitter)}
