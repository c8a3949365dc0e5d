"""Base FilterSets of lists."""

from functools import reduce
from operator import and_, or_

import django_filters
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from lists.day_filter import DayFilter
from lists.facets import PairFacet, TopicFacet
from lists.filters.kinds import TextFilter, TopicsFilter
from lists.index import KeySet, index_of
from lists.results import Results


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
    def changed_by_time(cls, since, until):
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

    def cleaned_value(self, name):
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
        names = [name for name in self.filters if name != "sort" and self.cleaned_value(name)]
        pairs = [pair for pair in self.pairs if {*pair} <= {*names}]
        singles = {(name,): self.match(name) for name in names}
        return singles | {
            pair: self.keys_with_any(pair[0], self.sets(pair[0])) for pair in pairs
        }

    def match(self, name):
        if name in self.facets:
            return self.keys_with_any(name, self.snapshot.values[name])
        value, filter_ = self.cleaned_value(name), self.filters[name]
        if isinstance(filter_, DayFilter):
            return filter_.matching_keys(self.snapshot.timelines[filter_.field_name], value)
        found = filter_.filter(self.queryset.order_by(), value).order_by()
        return KeySet(found.values_list("pk", flat=True))

    def keys_with_any(self, name, sets):
        """Return the KeySet of items with any selected value of a facet, from its KeySets."""
        return reduce(
            or_, (sets.get(value, KeySet()) for value in self.selected_values(name)), KeySet()
        )

    def selected_values(self, name):
        return self.facets[name].selected_values(self.cleaned_value(name) or [])

    def sets(self, name):
        """Return {value: KeySet} of a facet, restricted to rows matching its selected pair."""
        for pair in self.pairs:
            place = pair.index(name) if name in pair else None
            if place is not None and (others := self.selected_values(pair[1 - place])):
                return PairFacet.restrict(self.snapshot.values[pair], place, others)
        return self.snapshot.values[name]

    def matching_keys(self, without=None):
        """Return the KeySet of items that match all active filters except `without`."""
        sets = [keys for names, keys in self.matches.items() if without not in names]
        return reduce(and_, sets, self.snapshot.all_keys)

    def counts(self, name):
        """Return {value: number of items} of a facet under all other filters, without zeros."""
        others = self.matching_keys(without=name)
        counted = ((value, keys.common(others)) for value, keys in self.sets(name).items())
        return {value: count for value, count in counted if count}

    def results(self):
        """Return the matching items in order as `Results`."""
        return Results(self.queryset, self.matching_keys(), self.order())

    def order(self):
        """Return the keys of all items, or of the text matches, in the selected order."""
        sort = self.filters["sort"]
        name = sort.name_of(self.cleaned_value("sort"), self.cleaned_value("q"))
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
