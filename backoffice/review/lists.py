"""Reviews in lists."""

from django.contrib.admin import SimpleListFilter
from django.db.models import OuterRef, Subquery
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.lists import badge
from publishing.models import Review

State = Review.State


class ReviewStateFilter(SimpleListFilter):
    """Filter of drafts by the state of their review, which it adds to all rows."""

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


def review_badge(item):
    """Return the badge of an item's review, or "", for rows of `ReviewStateFilter`."""
    state = getattr(item, "review_state", None)
    return format_html(" {}", badge(State(state).label, state)) if state else ""
