"""Filters of calls and projects for pages and the API."""

from functools import reduce
from operator import or_

import django_filters
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from calls.call_facets import (
    UNKNOWN,
    ApplicantFacet,
    Budget,
    BudgetFacet,
    ReadinessFacet,
    WindowFacet,
    budget_condition,
)
from calls.models import Call, FunderOffer, Phase, Project
from calls.status import Stage, Status, Window
from initiatives.models import Initiative, Organisation
from lists.facets import Facet, YearFacet
from lists.filters import (
    ChoicesFilter,
    CountriesFilter,
    DayFilter,
    PublishableFilterSet,
    SlugsFilter,
    SortFilter,
)


class StatusFilter(django_filters.MultipleChoiceFilter):
    """Filter by current status; multiple choice."""

    def __init__(self, **kwargs):
        super().__init__(label=_("Status"), choices=Status.choices, **kwargs)

    def filter(self, queryset, value):
        return queryset.with_status(*value) if value else queryset


class StageFilter(django_filters.MultipleChoiceFilter):
    """Filter by current stage; multiple choice."""

    def __init__(self, **kwargs):
        super().__init__(label=_("Stage"), choices=Stage.choices, **kwargs)

    def filter(self, queryset, value):
        return queryset.with_stage(*value) if value else queryset


class WindowFilter(django_filters.ChoiceFilter):
    """Filter by time until the next deadline; single choice."""

    def __init__(self, **kwargs):
        super().__init__(
            label=_("Next deadline"), choices=Window.choices, empty_label=_("All"), **kwargs
        )

    def filter(self, queryset, value):
        return queryset.with_deadline(value) if value else queryset


class BudgetFilter(django_filters.MultipleChoiceFilter):
    """Filter by band of the total budget; multiple choice."""

    def __init__(self, **kwargs):
        super().__init__(label=_("Budget"), choices=Budget.choices, **kwargs)

    def filter(self, queryset, value):
        return queryset.filter(reduce(or_, map(budget_condition, value))) if value else queryset


class ApplicantsFilter(django_filters.MultipleChoiceFilter):
    """Filter by kind of organisation that a funder pays; multiple choice.

    If countries are chosen too, the same funder has to match both.
    """

    CHOICES = [*Organisation.Kind.choices, (UNKNOWN, _("Not known"))]

    def __init__(self, **kwargs):
        super().__init__(label=_("Kind of applicant"), choices=self.CHOICES, **kwargs)

    def filter(self, queryset, value):
        if not value:
            return queryset
        condition = self.eligible_condition(value)
        if countries := self.parent.cleaned_value("country"):
            condition &= Q(offers__organisation__country__in=countries)
        # One filter() call, so that the same funder has to match kind and country.
        calls = Call._base_manager.filter(condition, pk=OuterRef("pk"))
        return queryset.filter(Exists(calls))

    def eligible_condition(self, kinds):
        condition = Q(offers__eligible_kinds__has_any_keys=kinds)
        if UNKNOWN in kinds:
            condition |= Q(offers__eligible_kinds={}) | Q(offers=None)
        return condition


class ReadinessFilter(django_filters.MultipleChoiceFilter):
    """Filter by technology readiness level that a funder accepts; multiple choice."""

    CHOICES = [(str(level), str(level)) for level in range(1, 10)]

    def __init__(self, **kwargs):
        super().__init__(label=_("TRL"), choices=self.CHOICES, **kwargs)

    def filter(self, queryset, value):
        if not value:
            return queryset
        condition = reduce(or_, (self.level_condition(int(level)) for level in value))
        offers = FunderOffer.objects.filter(condition, call=OuterRef("pk"))
        return queryset.filter(Exists(offers))

    def level_condition(self, level):
        is_known = ~Q(trl_from=None, trl_to=None)
        above_minimum = Q(trl_from=None) | Q(trl_from__lte=level)
        below_maximum = Q(trl_to=None) | Q(trl_to__gte=level)
        return is_known & above_minimum & below_maximum


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
    deadline_from = DayFilter("closes_at", "from", label=_("Closes from"))
    deadline_until = DayFilter("closes_at", "until", label=_("Closes until"))
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
        "country": Facet("offers__organisation__country", depends_on=(Organisation,)),
        "initiative": Facet("initiative"),
        "stage": Facet("stage_now", prepare="annotate_status"),
        "kind": Facet("kind"),
        "budget": BudgetFacet("budget"),
        "trl": ReadinessFacet("offers"),
    }
    pairs = [("applicant", "country")]

    @classmethod
    def changed_by_time(cls, since, until):
        return Phase.objects.changed_by_time(since, until).values_list("call", flat=True)

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
        "initiative": Facet("call__initiative", depends_on=(Call,)),
        "country": Facet("participants__organisation__country", depends_on=(Organisation,)),
        "year": YearFacet("starts_on"),
    }

    class Meta:
        model = Project
        fields = []
