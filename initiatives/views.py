"""Views of initiatives and organisations: lists and pages."""

from django.utils.translation import gettext_lazy as _

from initiatives import structured_data
from initiatives.filters import InitiativeFilter, OrganisationFilter
from initiatives.models import Initiative, Organisation
from localisation.formats import period
from publishing.states import State
from website.views import (
    FilteredListView,
    ItemDetailView,
    PublishedDetailView,
    PublishedListView,
)

#: Maximum number of roles, and of projects, on an organisation's page; its lists have all.
MAX_ROWS = 30


class InitiativeSection:
    model = Initiative
    section = "initiatives"
    section_title = _("Initiatives")
    list_url = "initiatives:list"


class InitiativeListView(InitiativeSection, PublishedListView):
    filterset_class = InitiativeFilter
    intro = _("Partnerships, consortia and programmes, with their participants and activities.")


class InitiativeDetailView(InitiativeSection, PublishedDetailView):
    """Page of an initiative with its latest calls, articles and events."""

    subscription_kinds = ("feed", "calendar", "mail")
    describe = staticmethod(structured_data.initiative_data)

    def get_context_data(self, **kwargs):
        initiative = self.object
        return super().get_context_data(
            calls=initiative.calls.published().for_list().by_deadline()[:6],
            articles=initiative.articles.published().for_list().latest_first()[:3],
            events=initiative.events.published().for_list().next_first()[:3],
            **kwargs,
        )

    def card_line(self):
        initiative = self.object
        return period(
            initiative.starts_on,
            initiative.ends_on,
            initiative.starts_precision,
            initiative.ends_precision,
        )


class OrganisationSection:
    model = Organisation
    section = "organisations"
    section_title = _("Organisations")
    list_url = "initiatives:organisations"


class OrganisationListView(OrganisationSection, FilteredListView):
    filterset_class = OrganisationFilter
    intro = _("Funders, coordinators and participants.")


class OrganisationDetailView(OrganisationSection, ItemDetailView):
    """Page of an organisation with its roles, funded calls and projects."""

    describe = staticmethod(structured_data.organisation_data)
    name_field = "name"

    def get_queryset(self):
        return Organisation.objects.for_detail()

    def get_context_data(self, **kwargs):
        organisation = self.object
        roles = organisation.participations.select_related("initiative")
        projects = organisation.project_participations.select_related("project__call")
        return super().get_context_data(
            participations=roles.filter(initiative__state=State.PUBLISHED)[:MAX_ROWS],
            calls=organisation.funded_calls.published().for_list().by_deadline()[:6],
            project_participations=projects.filter(project__state=State.PUBLISHED)[:MAX_ROWS],
            region_path=organisation.region.path() if organisation.region else [],
            **kwargs,
        )
