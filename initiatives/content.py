"""Declaration of initiatives and organisations."""

from django.utils.translation import gettext_lazy as _

from initiatives.api import InitiativeViewSet, OrganisationViewSet
from initiatives.models import Initiative, Organisation
from initiatives.views import (
    InitiativeDetailView,
    InitiativeListView,
    OrganisationDetailView,
    OrganisationListView,
)
from publishing.registry import HomeSection
from website.declare import declare

declare(
    Initiative,
    section="initiatives",
    title=InitiativeListView.section_title,
    order=20,
    list_view=InitiativeListView,
    detail_view=InitiativeDetailView,
    viewset=InitiativeViewSet,
    card="components/initiative_card.html",
    initiative="pk",
    home=(
        HomeSection(
            name="initiatives",
            order=60,
            title=_("Initiatives"),
            link_text=_("All initiatives"),
            items=lambda initiatives: initiatives.running().by_title(),
            limit=6,
            is_grid=True,
        ),
    ),
    topic_limit=8,
    topic_template="initiatives/topic_section.html",
    newsletter_order=40,
    has_subscriptions=False,
    is_watchable=True,
)
declare(
    Organisation,
    section="organisations",
    title=OrganisationListView.section_title,
    order=40,
    list_view=OrganisationListView,
    detail_view=OrganisationDetailView,
    viewset=OrganisationViewSet,
    list_name="organisations",
    detail_name="organisation",
    name_field="name",
    changed_field="updated_at",
    card="components/organisation_card.html",
    has_feed=True,
)
