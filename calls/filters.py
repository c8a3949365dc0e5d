"""Filters of calls and projects, for pages and API."""

import django_filters
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from calls.models import Call, Project
from calls.status import Stage, Status
from initiatives.models import Initiative, Organisation
from publishing.facets import Facet, YearFacet
from publishing.filters import (
    ChoicesFilter,
    CountriesFilter,
    DayFilter,
    PublishableFilterSet,
    SlugsFilter,
    SortFilter,
)


class StatusFilter(django_filters.MultipleChoiceFilter):
    """One or more statuses, as of now."""

    def __init__(self, **kwargs):
        super().__init__(label=_("Status"), choices=Status.choices, **kwargs)

    def filter(self, queryset, value):
        return queryset.with_status(*value) if value else queryset


class StageFilter(django_filters.MultipleChoiceFilter):
    """One or more stages, as of now."""

    def __init__(self, **kwargs):
        super().__init__(label=_("Stage"), choices=Stage.choices, **kwargs)

    def filter(self, queryset, value):
        return queryset.with_stage(*value) if value else queryset


class CallFilter(PublishableFilterSet):
    status = StatusFilter()
    stage = StageFilter()
    initiative = SlugsFilter(
        field_name="initiative", label=_("Initiative"), queryset=Initiative.objects.published()
    )
    kind = ChoicesFilter(label=_("Kind"), choices=Call.Kind.choices)
    country = CountriesFilter(field_name="offers__organisation__country")
    funder = SlugsFilter(
        field_name="offers__organisation",
        label=_("Funder"),
        queryset=Organisation.objects.all(),
    )
    deadline_from = DayFilter("closes_at", "from", label=_("Deadline from"))
    deadline_until = DayFilter("closes_at", "until", label=_("Deadline until"))
    sort = SortFilter(
        {
            "deadline": (_("Next deadline"), "by_deadline"),
            "newest": (_("Newest first"), ("-first_published_at", "-pk")),
            "budget": (_("Budget, largest first"), (F("budget").desc(nulls_last=True), "pk")),
            "title": (_("Title"), "by_title"),
        }
    )

    facets = {
        "status": Facet("status_now", prepare="annotate_status"),
        "stage": Facet("stage_now", prepare="annotate_status"),
        **PublishableFilterSet.facets,
        "initiative": Facet("initiative__slug"),
        "kind": Facet("kind"),
        "country": Facet("offers__organisation__country"),
    }

    class Meta:
        model = Call
        fields = []


class ProjectFilter(PublishableFilterSet):
    status = ChoicesFilter(label=_("Status"), choices=Project.Status.choices)
    initiative = SlugsFilter(
        field_name="call__initiative",
        label=_("Initiative"),
        queryset=Initiative.objects.published(),
    )
    call = SlugsFilter(field_name="call", label=_("Call"), queryset=Call.objects.published())
    country = CountriesFilter(field_name="participants__organisation__country")
    organisation = SlugsFilter(
        field_name="participants__organisation",
        label=_("Organisation"),
        queryset=Organisation.objects.all(),
    )
    year = django_filters.NumberFilter(
        field_name="starts_on",
        lookup_expr="year",
        label=_("Start"),
        min_value=1900,
        max_value=2200,
    )
    sort = SortFilter(
        {
            "start": (_("Start, latest first"), (F("starts_on").desc(nulls_last=True), "pk")),
            "title": (_("Title"), "by_title"),
            "contribution": (
                _("EU contribution, largest first"),
                (F("eu_contribution").desc(nulls_last=True), "pk"),
            ),
        }
    )

    facets = {
        "status": Facet("status"),
        **PublishableFilterSet.facets,
        "initiative": Facet("call__initiative__slug"),
        "country": Facet("participants__organisation__country"),
        "year": YearFacet("starts_on"),
    }

    class Meta:
        model = Project
        fields = []
