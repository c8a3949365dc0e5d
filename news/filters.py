"""Filters of news and events for pages and the API."""

import django_filters
from django.utils.translation import gettext_lazy as _

from calls.models import Call
from initiatives.models import Initiative
from lists.facets import BooleanFacet, Facet, YearFacet
from lists.filters import (
    ChoicesFilter,
    CountriesFilter,
    DayFilter,
    PublishableFilterSet,
    SlugsFilter,
    SortFilter,
    YesNoFilter,
)
from news.models import Article, Event


class RelatedFilterSet(PublishableFilterSet):
    """Filters by the initiatives and calls that an article or event is about."""

    initiative = SlugsFilter(
        field_name="initiatives",
        label=_("Initiative"),
        queryset=Initiative.objects.published(),
    )
    call = SlugsFilter(field_name="calls", label=_("Call"), queryset=Call.objects.published())

    facets = {
        **PublishableFilterSet.facets,
        "initiative": Facet("initiatives"),
    }


class ArticleFilter(RelatedFilterSet):
    kind = ChoicesFilter(label=_("Kind"), choices=Article.Kind.choices)
    year = django_filters.NumberFilter(
        field_name="published_on",
        lookup_expr="year",
        label=_("Year"),
        min_value=1900,
        max_value=2200,
    )
    published_from = django_filters.DateFilter(
        field_name="published_on", lookup_expr="gte", label=_("Published from")
    )
    published_until = django_filters.DateFilter(
        field_name="published_on", lookup_expr="lte", label=_("Published until")
    )
    sort = SortFilter(
        {
            "newest": (_("Newest first"), "latest_first"),
            "oldest": (_("Oldest first"), ("published_on", "pk")),
            "title": (_("Title"), "by_title"),
        }
    )

    facets = {
        "kind": Facet("kind"),
        **RelatedFilterSet.facets,
        "year": YearFacet("published_on"),
    }

    class Meta:
        model = Article
        fields = []


class TimeFilter(django_filters.ChoiceFilter):
    """Filter by time: upcoming (until the end of the event) or past."""

    CHOICES = [("upcoming", _("Upcoming")), ("past", _("Past"))]

    def __init__(self, **kwargs):
        super().__init__(label=_("When"), choices=self.CHOICES, empty_label=_("All"), **kwargs)

    def filter(self, queryset, value):
        return getattr(queryset, value)() if value else queryset


class EventFilter(RelatedFilterSet):
    when = TimeFilter()
    online = YesNoFilter(field_name="is_online", label=_("Online"))
    country = CountriesFilter(field_name="country")
    starts_from = DayFilter("starts_at", "from", label=_("From"))
    starts_until = DayFilter("starts_at", "until", label=_("Until"))
    sort = SortFilter(
        {
            "next": (_("Upcoming first"), "next_first"),
            "latest": (_("Latest first"), ("-starts_at", "-pk")),
            "title": (_("Title"), "by_title"),
        }
    )

    facets = {
        **RelatedFilterSet.facets,
        "country": Facet("country"),
        "online": BooleanFacet("is_online"),
    }

    @classmethod
    def changed_by_time(cls, since, until):
        ended = cls.public().filter(ends_at__gte=since, ends_at__lt=until)
        return ended.values_list("pk", flat=True)

    class Meta:
        model = Event
        fields = []
