"""Base FilterSets, shared by list pages and the API."""

from functools import reduce
from operator import and_, or_

import django_filters
from django import forms
from django.db.models import Exists, OuterRef
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from lists.day_filter import DayFilter, DayInput
from lists.facets import Facet, PairFacet, TopicFacet
from lists.index import KeySet, index_of
from lists.results import Results
from localisation.fields import country_choices
from publishing.models import Topic
from search.lists import by_relevance, matching


class TextFilter(django_filters.CharFilter):
    """Full-text filter; all words must occur in the item."""

    def __init__(self, **kwargs):
        super().__init__(label=_("Search words"), max_length=200, **kwargs)

    def filter(self, queryset, value):
        return matching(queryset, value) if value else queryset


class SortFilter(django_filters.ChoiceFilter):
    """Sort order of a list.

    `sorts` maps names to (label, order); an order is a tuple of columns or the name of a
    queryset method. The first is the default. With a text query, the default is relevance,
    which is not available otherwise.
    """

    RELEVANCE = "relevance"

    def __init__(self, sorts, **kwargs):
        self.orders = {name: order for name, (_label, order) in sorts.items()}
        self.choices = [(name, label) for name, (label, _order) in sorts.items()]
        self.choices.append((self.RELEVANCE, _("Relevance")))
        super().__init__(
            label=_("Sort by"), choices=self.choices, widget=forms.HiddenInput, **kwargs
        )

    @property
    def default(self):
        return next(iter(self.orders))

    def default_for(self, text):
        """Return the name of the default order for a text query, which may be empty."""
        return self.RELEVANCE if (text or "").strip() else self.default

    def name_of(self, value, text):
        """Return the name of the order to use for the selected value, which may be empty."""
        default = self.default_for(text)
        return default if not value or value == self.RELEVANCE else value

    def filter(self, queryset, value):
        filterset = getattr(self, "parent", None)
        text = filterset.chosen("q") if filterset else None
        name = self.name_of(value, text)
        if name == self.RELEVANCE:
            return by_relevance(queryset, text)
        order = self.orders[name]
        return (
            getattr(queryset, order)() if isinstance(order, str) else queryset.order_by(*order)
        )


class YesNoFilter(django_filters.ChoiceFilter):
    """Filter of a boolean column by "true" or "false"."""

    def __init__(self, **kwargs):
        choices = [("true", _("Yes")), ("false", _("No"))]
        super().__init__(choices=choices, **kwargs)

    def filter(self, queryset, value):
        return queryset.filter(**{self.field_name: value == "true"}) if value else queryset


class HavingMixin:
    """Filter mixin for to-many relations that avoids duplicate items."""

    def filter(self, queryset, value):
        if not value:
            return queryset
        rows = queryset.model._base_manager.filter(
            pk=OuterRef("pk"), **{f"{self.field_name}__in": value}
        )
        return queryset.filter(Exists(rows))


class SlugsFilter(HavingMixin, django_filters.ModelMultipleChoiceFilter):
    """Filter by one or more related objects, given by slug."""

    def __init__(self, **kwargs):
        # Hidden unless a facet shows it: the list of all objects could be very long.
        super().__init__(to_field_name="slug", widget=forms.MultipleHiddenInput, **kwargs)


class ChoicesFilter(django_filters.MultipleChoiceFilter):
    """Filter by one or more values of a column of the item itself."""

    def filter(self, queryset, value):
        return queryset.filter(**{f"{self.field_name}__in": value}) if value else queryset


class CountriesFilter(HavingMixin, django_filters.MultipleChoiceFilter):
    """Filter by ISO 3166-1 alpha-2 codes of the item or its organisations."""

    def __init__(self, **kwargs):
        super().__init__(label=_("Country"), choices=country_choices, **kwargs)


class TopicsFilter(SlugsFilter):
    """Filter by one or more topics, including their narrower topics."""

    def __init__(self, **kwargs):
        super().__init__(
            field_name="topics", label=_("Topic"), queryset=Topic.objects.all(), **kwargs
        )

    def filter(self, queryset, value):
        return queryset.about(value) if value else queryset


class PortalFilterSet(django_filters.FilterSet):
    """Base of all FilterSets of lists.

    `facets` maps filter names to the `Facet` that counts their values. `pairs` are pairs of
    facet names on the same relation: if both are selected, a single row must match both. The
    database filters must implement this as well.

    `qs` filters in the database. `results()` returns the same items from the facet index, which
    is fast for large lists but only covers the items in `public()`.
    """

    q = TextFilter()

    facets = {}
    pairs = []

    @classmethod
    def indexed(cls):
        """Return the facets and facet pairs to index."""
        pairs = {pair: PairFacet(*(cls.facets[name] for name in pair)) for pair in cls.pairs}
        return cls.facets | pairs

    @classmethod
    def parameters(cls):
        """Return the names of the list's query parameters."""
        return list(cls.base_filters)

    @classmethod
    def public(cls):
        """Return the queryset of all items of the unfiltered list."""
        return cls._meta.model._default_manager.all()

    @classmethod
    def turned(cls, since, until):
        """Return the keys of items whose facets or sort order changed by time alone.

        `since` and `until` are the bounds of the period. Returns a queryset or list.
        """
        return []

    @classmethod
    def day_columns(cls):
        """Return the names of the columns filtered by day."""
        filters = cls.base_filters.values()
        return sorted({each.field_name for each in filters if isinstance(each, DayFilter)})

    def filter_queryset(self, queryset):
        """Apply all filters with a valid value."""
        self.form.is_valid()
        for name, filter_ in self.filters.items():
            queryset = filter_.filter(queryset, self.form.cleaned_data.get(name))
        return queryset

    def chosen(self, name):
        """Return a filter's cleaned value, or None if it is empty or invalid."""
        self.form.is_valid()
        return self.form.cleaned_data.get(name) or None

    # --- Facet index ------------------------------------------------------------------------

    @cached_property
    def snapshot(self):
        return index_of(type(self)).snapshot()

    @cached_property
    def matches(self):
        """{names: KeySet of matches} for each active filter and each pair of them."""
        names = [name for name in self.filters if name != "sort" and self.chosen(name)]
        pairs = [pair for pair in self.pairs if {*pair} <= {*names}]
        alone = {(name,): self.match(name) for name in names}
        return alone | {pair: self.having(pair[0], self.sets(pair[0])) for pair in pairs}

    def match(self, name):
        if name in self.facets:
            return self.having(name, self.snapshot.values[name])
        value, filter_ = self.chosen(name), self.filters[name]
        if isinstance(filter_, DayFilter):
            return filter_.found(self.snapshot.timelines[filter_.field_name], value)
        found = filter_.filter(self.queryset.order_by(), value).order_by()
        return KeySet(found.values_list("pk", flat=True))

    def having(self, name, sets):
        """Return the KeySet of items with any selected value of a facet, from its KeySets."""
        return reduce(or_, (sets.get(value, KeySet()) for value in self.wanted(name)), KeySet())

    def wanted(self, name):
        return self.facets[name].wanted(self.chosen(name) or [])

    def sets(self, name):
        """Return {value: KeySet} of a facet, restricted to rows matching its selected pair."""
        for pair in self.pairs:
            place = pair.index(name) if name in pair else None
            if place is not None and (others := self.wanted(pair[1 - place])):
                return PairFacet.with_one(self.snapshot.values[pair], place, others)
        return self.snapshot.values[name]

    def found(self, without=None):
        """Return the KeySet of items that match all active filters except `without`."""
        sets = [keys for names, keys in self.matches.items() if without not in names]
        return reduce(and_, sets, self.snapshot.everything)

    def counts(self, name):
        """Return {value: number of items} of a facet under all other filters, without zeros."""
        others = self.found(without=name)
        counted = ((value, keys.common(others)) for value, keys in self.sets(name).items())
        return {value: count for value, count in counted if count}

    def results(self):
        """Return the matching items in order as `Results`."""
        return Results(self.queryset, self.found(), self.order())

    def order(self):
        """Return the keys of all items, or of the text matches, in the selected order."""
        sort = self.filters["sort"]
        name = sort.name_of(self.chosen("sort"), self.chosen("q"))
        if name == sort.RELEVANCE:
            return list(self.qs.values_list("pk", flat=True))
        return self.snapshot.order(name)

    def counted_form(self):
        """Return the form with counts in its facets' widgets."""
        self.form.order_fields(["q", *self.facets])
        for name, facet in self.facets.items():
            self.form.fields[name].widget = facet.widget_for(self, name)
        return self.form


class PublishableFilterSet(PortalFilterSet):
    """FilterSet of a Publishable type, with filters by topic and publication date."""

    topic = TopicsFilter()
    posted_since = DayFilter("first_published_at", "from", label=_("Published since"))

    facets = {"topic": TopicFacet("topics")}

    @classmethod
    def public(cls):
        return super().public().published()


__all__ = [
    "ChoicesFilter",
    "CountriesFilter",
    "DayFilter",
    "DayInput",
    "Facet",
    "PortalFilterSet",
    "PublishableFilterSet",
    "SlugsFilter",
    "SortFilter",
    "TopicFacet",
    "YesNoFilter",
]
