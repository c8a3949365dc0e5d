"""Filters and base FilterSets, shared by list pages and the API."""

from lists.day_filter import DayFilter, DayInput
from lists.facets import Facet, TopicFacet
from lists.filters.filtersets import PortalFilterSet, PublishableFilterSet
from lists.filters.kinds import (
    ChoicesFilter,
    CountriesFilter,
    SlugsFilter,
    SortFilter,
    TextFilter,
    ToManyFilterMixin,
    TopicsFilter,
    YesNoFilter,
)

__all__ = [
    "ChoicesFilter",
    "CountriesFilter",
    "DayFilter",
    "DayInput",
    "Facet",
    "ToManyFilterMixin",
    "PortalFilterSet",
    "PublishableFilterSet",
    "SlugsFilter",
    "SortFilter",
    "TextFilter",
    "TopicFacet",
    "TopicsFilter",
    "YesNoFilter",
]
