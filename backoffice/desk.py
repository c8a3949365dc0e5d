"""What model admins contribute to the start page.

A model admin with a method `desk_panels(request)` returns Panels; those of one key become one
panel of the page.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.filters import overdue
from publishing.models import Revision

#: Entries that a panel shows.
LIMIT = 8
#: Published items that are searched for gaps: the latest ones.
RECENT = 1000
#: Drafts of a member of staff that are looked for.
OWN = 50
#: How far ahead deadlines are shown.
HORIZON = timedelta(days=30)


@dataclass(frozen=True)
class Entry:
    """One line: an item, why it is here, and the date that orders it."""

    title: str
    url: str
    kind: str
    at: object
    notes: tuple = ()
    badge: str = ""


@dataclass(frozen=True)
class Panel:
    key: str
    title: str
    #: Place on the page, low numbers first.
    order: int
    entries: list = field(default_factory=list)
    #: Said when there is no entry; without it, the panel then stays away.
    empty: str = ""
    is_latest_first: bool = False
    #: Whether an entry's date is an instant to be told with its time.
    shows_time: bool = False


def entry(item, at, notes=(), badge=""):
    """The line of an item, which links to its form."""
    options = item._meta
    url = reverse(admin_urlname(options, "change"), args=[item.pk])
    return Entry(str(item), url, str(options.verbose_name), at, tuple(notes), badge)


def closing_panel(queryset, deadline, note=""):
    """Published items whose `deadline` (the name of a field) lies within HORIZON."""
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


def own_drafts(request):
    """What the member of staff saved last and nobody has published or changed since, of all
    types: one query a request."""
    if not hasattr(request, "own_drafts"):
        later = Revision.objects.filter(
            content_type=OuterRef("content_type"),
            object_id=OuterRef("object_id"),
            number__gt=OuterRef("number"),
        )
        mine = Revision.objects.drafts().filter(~Exists(later), author=request.user)
        mine = mine.defer("data", "new_ids").order_by("-created_at")
        request.own_drafts = list(mine[:OWN])
    return request.own_drafts


def drafts_panel(request, model):
    """The member of staff's drafts of one type."""
    content_type = ContentType.objects.get_for_model(model)
    mine = [draft for draft in own_drafts(request) if draft.content_type_id == content_type.pk]
    options = model._meta
    name = admin_urlname(options, "change")
    kind = str(options.verbose_name)
    return Panel(
        key="drafts",
        title=_("My drafts"),
        order=7,
        entries=[
            Entry(draft.title, reverse(name, args=[draft.object_id]), kind, draft.created_at)
            for draft in mine
        ],
        empty=_("You have no drafts."),
        is_latest_first=True,
        shows_time=True,
    )


def edited_panel(queryset):
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
    """Overdue reviews: the member of staff's own and those without an owner."""
    mine = Q(owner=user) | Q(owner=None)
    items = queryset.published().filter(mine, overdue()).order_by("review_on")[:LIMIT]
    return Panel(
        key="review",
        title=_("Content to check"),
        order=30,
        entries=[entry(item, item.review_on) for item in items],
        empty=_("No content check is overdue."),
    )


def gaps_panel(queryset, gaps):
    """Recently published items that lack something readers expect."""
    recent = queryset.published().order_by("-last_published_at")[:RECENT]
    conditions = {name: gap.condition() for name, gap in gaps.items()}
    lacking = Case(*(When(q, then=Value(True)) for q in conditions.values()), default=False)
    flags = {
        f"lacks_{name}": Case(When(condition, then=Value(True)), default=False)
        for name, condition in conditions.items()
    }
    items = queryset.filter(pk__in=recent.values("pk")).annotate(is_lacking=lacking, **flags)
    items = items.filter(is_lacking=True).order_by("-last_published_at")[:LIMIT]
    entries = [
        entry(
            item,
            item.last_published_at or timezone.now(),
            [gap.label for name, gap in gaps.items() if getattr(item, f"lacks_{name}")],
        )
        for item in items
    ]
    return Panel(
        key="gaps",
        title=_("Published, but incomplete"),
        order=20,
        entries=entries,
        empty=_("Everything published recently is complete."),
        is_latest_first=True,
    )
