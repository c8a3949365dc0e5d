"""Panels of items that need attention: closing, overdue, incomplete or just edited."""

from datetime import timedelta

from django.db.models import Case, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.dashboard.panel import LIMIT, Panel, entry
from backoffice.lists import overdue

#: Published items that are searched for gaps: the latest ones.
RECENT = 1000
#: How far ahead deadlines are shown.
HORIZON = timedelta(days=30)


def closing_panel(queryset, deadline, note=""):
    """Return the panel of published items whose field `deadline` is within HORIZON."""
    now = timezone.now()
    ahead = queryset.published().filter(**{f"{deadline}__range": (now, now + HORIZON)})
    items = ahead.order_by(deadline)[:LIMIT]
    return Panel(
        key="closing",
        title=_("Closing in the next 30 days"),
        order=10,
        entries=[entry(i, getattr(i, deadline), [note] if note else []) for i in items],
        empty=_("No deadline in the next 30 days."),
        shows_time=True,
    )


def edited_panel(queryset):
    """Return the panel of the items edited last."""
    items = queryset.order_by("-updated_at")[:LIMIT]
    return Panel(
        key="edited",
        title=_("Last edited"),
        order=40,
        entries=[entry(i, i.updated_at, badge=i.get_state_display()) for i in items],
        empty=_("Nothing has been written yet."),
        is_latest_first=True,
        shows_time=True,
    )


def review_panel(queryset, user):
    """Return the panel of overdue reviews: the user's own and those without an owner."""
    mine = Q(owner=user) | Q(owner=None)
    items = queryset.published().filter(mine, overdue()).order_by("review_on")[:LIMIT]
    return Panel(
        key="review",
        title=_("Content to check"),
        order=30,
        entries=[entry(item, item.review_on) for item in items],
        empty=_("No content check is overdue."),
    )


def completeness_panel(queryset, completeness_checks):
    """Return the panel of recently published items that lack something readers expect."""
    items = incomplete_items(queryset, completeness_checks).order_by("-last_published_at")[
        :LIMIT
    ]
    return Panel(
        key="gaps",
        title=_("Published, but incomplete"),
        order=20,
        entries=[
            entry(
                item,
                item.last_published_at or timezone.now(),
                [
                    check.label
                    for name, check in completeness_checks.items()
                    if getattr(item, f"lacks_{name}")
                ],
            )
            for item in items
        ],
        empty=_("Everything published recently is complete."),
        is_latest_first=True,
    )


def incomplete_items(queryset, completeness_checks):
    """Return the recently published items with a gap, each with flags `lacks_<gap>`."""
    recent = queryset.published().order_by("-last_published_at")[:RECENT]
    conditions = {name: check.condition() for name, check in completeness_checks.items()}
    is_incomplete = Case(
        *(When(q, then=Value(True)) for q in conditions.values()), default=False
    )
    flags = {
        f"lacks_{name}": Case(When(condition, then=Value(True)), default=False)
        for name, condition in conditions.items()
    }
    items = queryset.filter(pk__in=recent.values("pk")).annotate(
        is_incomplete_item=is_incomplete, **flags
    )
    return items.filter(is_incomplete_item=True)
