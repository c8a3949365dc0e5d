"""Declaration of calls and projects."""

from django.utils.translation import gettext_lazy as _

from calls.api import CallViewSet, ProjectViewSet
from calls.models import Call, Project
from calls.timeline import CallDates, FundersDates
from calls.views import CallDetailView, CallListView, ProjectDetailView, ProjectListView
from publishing.registry import HomeSection
from website.declare import declare


def next_deadline(call):
    """Return the date that newsletters announce: the next deadline, or None."""
    date = call.next_deadline
    return date and {
        "label": date.get_kind_display(),
        "at": date.at,
        "zone": date.timezone,
        "precision": date.precision,
    }


declare(
    Call,
    section="calls",
    title=CallListView.section_title,
    order=10,
    list_view=CallListView,
    detail_view=CallDetailView,
    viewset=CallViewSet,
    card="components/call_card.html",
    calendar=CallDates,
    item_calendar=FundersDates,
    initiative="initiative",
    home=(
        HomeSection(
            name="closing",
            order=10,
            title=_("Closing soon"),
            link_text=_("All calls closing soon"),
            items=lambda calls: calls.closing_soon().by_deadline(),
            query="?status=closing_soon",
        ),
        HomeSection(
            name="open",
            order=20,
            title=_("Open calls"),
            link_text=_("All open calls"),
            items=lambda calls: calls.with_status("open").by_deadline(),
            query="?status=open&status=closing_soon",
            empty=(
                _("No call is open at the moment."),
                _("Enter your e-mail address below and we will write to you when one opens."),
            ),
        ),
        HomeSection(
            name="forthcoming",
            order=30,
            title=_("Opening next"),
            link_text=_("All forthcoming calls"),
            items=lambda calls: calls.forthcoming().by_opening(),
            query="?status=forthcoming",
            limit=3,
        ),
    ),
    topic_items=lambda calls: calls.by_deadline(),
    newsletter_order=10,
    newsletter_date=next_deadline,
    is_watchable=True,
)
declare(
    Project,
    section="projects",
    title=ProjectListView.section_title,
    order=30,
    list_view=ProjectListView,
    detail_view=ProjectDetailView,
    viewset=ProjectViewSet,
    list_name="projects",
    detail_name="project",
    card="components/project_card.html",
    initiative="call__initiative",
    newsletter_order=None,
    has_alerts=False,
    has_subscriptions=False,
)
