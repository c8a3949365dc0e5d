"""Filters of initiatives and organisations for pages and the API."""

import django_filters
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from initiatives.models import Initiative, Organisation, Region
from lists.facets import Facet
from lists.filters import (
    ChoicesFilter,
    CountriesFilter,
    PortalFilterSet,
    PublishableFilterSet,
    SlugsFilter,
    SortFilter,
    ToManyFilterMixin,
)


class PhaseFilter(django_filters.ChoiceFilter):
    """Filter by phase: upcoming, running or ended."""

    CHOICES = [("running", _("Ongoing")), ("upcoming", _("Upcoming")), ("ended", _("Ended"))]

    def __init__(self, **kwargs):
        super().__init__(label=_("Phase"), choices=self.CHOICES, empty_label=_("All"), **kwargs)

    def filter(self, queryset, value):
        return getattr(queryset, value)() if value else queryset


class InitiativeFilter(PublishableFilterSet):
    kind = ChoicesFilter(label=_("Kind"), choices=Initiative.Kind.choices)
    phase = PhaseFilter()
    country = CountriesFilter(field_name="participations__organisation__country")
    organisation = SlugsFilter(
        field_name="participations__organisation",
        label=_("Organisation"),
        queryset=Organisation.objects.all(),
    )
    sort = SortFilter(
        {
            "title": (_("Title"), "by_title"),
            "newest": (_("Newest first"), ("-first_published_at", "-pk")),
            "start": (_("Start, latest first"), (F("starts_on").desc(nulls_last=True), "pk")),
            "budget": (_("Budget, largest first"), (F("budget").desc(nulls_last=True), "pk")),
        }
    )

    facets = {
        "kind": Facet("kind"),
        **PublishableFilterSet.facets,
        "country": Facet("participations__organisation__country", depends_on=(Organisation,)),
    }

    class Meta:
        model = Initiative
        fields = []


class RegionsFilter(ToManyFilterMixin, django_filters.ModelMultipleChoiceFilter):
    """Filter by NUTS code; multiple choice."""


class OrganisationFilter(PortalFilterSet):
    kind = ChoicesFilter(label=_("Kind"), choices=Organisation.Kind.choices)
    country = CountriesFilter(field_name="country")
    region = RegionsFilter(
        field_name="region", label=_("Region (NUTS code)"), queryset=Region.objects.all()
    )
    sort = SortFilter(
        {
            "name": (_("Name"), "by_name"),
            "country": (_("Country"), "by_country"),
        }
    )

    facets = {
        "kind": Facet("kind", depends_on=(Organisation,)),
        "country": Facet("country", depends_on=(Organisation,)),
    }

    class Meta:
        model = Organisation
        fields = []
