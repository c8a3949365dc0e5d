"""Filters of calls and projects, for pages and API."""

from functools import reduce
from operator import or_

import django_filters
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from calls.call_facets import (
    ApplicantFacet,
    Budget,
    BudgetFacet,
    ReadinessFacet,
    WindowFacet,
    within,
)
from calls.models import Call, FunderOffer, Phase, Project
from calls.status import Stage, Status
from calls.windows import Window
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


class WindowFilter(django_filters.ChoiceFilter):
    """In how much time the next deadline is, as of now."""

    def __init__(self, **kwargs):
        super().__init__(
            label=_("Next deadline"), choices=Window.choices, empty_label=_("All"), **kwargs
        )

    def filter(self, queryset, value):
        return queryset.with_deadline(value) if value else queryset


class BudgetFilter(django_filters.MultipleChoiceFilter):
    """One or more bands of the total budget."""

    def __init__(self, **kwargs):
        super().__init__(label=_("Budget"), choices=Budget.choices, **kwargs)

    def filter(self, queryset, value):
        return queryset.filter(reduce(or_, map(within, value))) if value else queryset


class OffersFilter(django_filters.MultipleChoiceFilter):
    """Calls with a funder to which one or more of the values apply.

    A subclass says which offers those are, in `condition`.
    """

    def condition(self, values):
        raise NotImplementedError

    def filter(self, queryset, value):
        if not value:
            return queryset
        offers = FunderOffer.objects.filter(self.condition(value), call=OuterRef("pk"))
        return queryset.filter(Exists(offers))


class ApplicantsFilter(OffersFilter):
    """One or more kinds of organisation that a funder pays."""

    def __init__(self, **kwargs):
        super().__init__(
            label=_("Kind of applicant"), choices=Organisation.Kind.choices, **kwargs
        )

    def condition(self, values):
        return Q(eligible_kinds__has_any_keys=values)


class ReadinessFilter(OffersFilter):
    """One or more technology readiness levels that a funder asks for."""

    CHOICES = [(str(level), str(level)) for level in range(1, 10)]

    def __init__(self, **kwargs):
        super().__init__(label=_("TRL"), choices=self.CHOICES, **kwargs)

    def condition(self, values):
        return reduce(or_, (self.at(int(level)) for level in values))

    def at(self, level):
        is_known = ~Q(trl_from=None, trl_to=None)
        from_there = Q(trl_from=None) | Q(trl_from__lte=level)
        up_to_there = Q(trl_to=None) | Q(trl_to__gte=level)
        return is_known & from_there & up_to_there


class CallFilter(PublishableFilterSet):
    status = StatusFilter()
    stage = StageFilter()
    deadline = WindowFilter()
    applicant = ApplicantsFilter()
    budget = BudgetFilter()
    trl = ReadinessFilter()
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
        "deadline": WindowFacet("deadline_now", prepare="annotate_status"),
        **PublishableFilterSet.facets,
        "applicant": ApplicantFacet("offers__eligible_kinds"),
        "country": Facet("offers__organisation__country", reads=(Organisation,)),
        "initiative": Facet("initiative"),
        "stage": Facet("stage_now", prepare="annotate_status"),
        "kind": Facet("kind"),
        "budget": BudgetFacet("budget"),
        "trl": ReadinessFacet("offers"),
    }

    @classmethod
    def turned(cls, since, until):
        return Phase.objects.turned(since, until).values_list("call", flat=True)

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
        "initiative": Facet("call__initiative", reads=(Call,)),
        "country": Facet("participants__organisation__country", reads=(Organisation,)),
        "year": YearFacet("starts_on"),
    }

    class Meta:
        model = Project
        fields = []
