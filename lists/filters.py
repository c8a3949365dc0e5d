"""One FilterSet a type serves its list page and its API: bases for both."""

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
    """The words a reader types: each has to occur in the item."""

    def __init__(self, **kwargs):
        super().__init__(label=_("Words"), max_length=200, **kwargs)

    def filter(self, queryset, value):
        return matching(queryset, value) if value else queryset


class SortFilter(django_filters.ChoiceFilter):
    """Order of a list.

    `sorts` maps a name to (label, order): a tuple of columns, or the name of a queryset method.
    The first one is the default, but where there are words to search for: then it is by
    relevance, which has no sense otherwise.
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
        """Name of the default order of a list with these words to search for, or with none."""
        return self.RELEVANCE if (text or "").strip() else self.default

    def name_of(self, value, text):
        """Name of the order where `value` was chosen, or nothing."""
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
    """ "true" or "false", for a column of booleans."""

    def __init__(self, **kwargs):
        choices = [("true", _("Yes")), ("false", _("No"))]
        super().__init__(choices=choices, **kwargs)

    def filter(self, queryset, value):
        return queryset.filter(**{self.field_name: value == "true"}) if value else queryset


class HavingMixin:
    """Filters by rows of a to-many relation, without doubling the items that have several."""

    def filter(self, queryset, value):
        if not value:
            return queryset
        rows = queryset.model._base_manager.filter(
            pk=OuterRef("pk"), **{f"{self.field_name}__in": value}
        )
        return queryset.filter(Exists(rows))


class SlugsFilter(HavingMixin, django_filters.ModelMultipleChoiceFilter):
    """One or more related objects, by the last part of their address."""

    def __init__(self, **kwargs):
        # Hidden unless a facet shows it: a list of all objects could be endless.
        super().__init__(to_field_name="slug", widget=forms.MultipleHiddenInput, **kwargs)


class ChoicesFilter(django_filters.MultipleChoiceFilter):
    """One or more values of a column of the item itself."""

    def filter(self, queryset, value):
        return queryset.filter(**{f"{self.field_name}__in": value}) if value else queryset


class CountriesFilter(HavingMixin, django_filters.MultipleChoiceFilter):
    """One or more ISO 3166-1 alpha-2 codes, of the item or of its organisations."""

    def __init__(self, **kwargs):
        super().__init__(label=_("Country"), choices=country_choices, **kwargs)


class TopicsFilter(SlugsFilter):
    """One or more topics, each with the narrower ones below it."""

    def __init__(self, **kwargs):
        super().__init__(
            field_name="topics", label=_("Topic"), queryset=Topic.objects.all(), **kwargs
        )

    def filter(self, queryset, value):
        return queryset.about(value) if value else queryset


class PortalFilterSet(django_filters.FilterSet):
    """Base of every list's FilterSet.

    `facets` maps filter names to the `Facet` that counts their values for the page's form.
    `pairs` are names of two facets of the same rows: where both are chosen, one row has to have
    both, which the filters have to see to in the database.
    `qs` is filtered by the database. `results()` are the same items out of the index that
    facets are counted with, as fast with a hundred thousand items as with a thousand: made for
    lists of all that is `public()`.
    """

    q = TextFilter()

    facets = {}
    pairs = []

    @classmethod
    def indexed(cls):
        """The facets and pairs whose values the index keeps."""
        pairs = {pair: PairFacet(*(cls.facets[name] for name in pair)) for pair in cls.pairs}
        return cls.facets | pairs

    @classmethod
    def parameters(cls):
        """Names of the query parameters that the list understands."""
        return list(cls.base_filters)

    @classmethod
    def public(cls):
        """All that the list has without any filter."""
        return cls._meta.model._default_manager.all()

    @classmethod
    def turned(cls, since, until):
        """Keys of the items whose facets or place in an order time alone has changed between
        these instants, as a queryset or list."""
        return []

    @classmethod
    def day_columns(cls):
        """Names of the columns that are filtered by day."""
        filters = cls.base_filters.values()
        return sorted({each.field_name for each in filters if isinstance(each, DayFilter)})

    def filter_queryset(self, queryset):
        """Apply all filters whose value is valid."""
        self.form.is_valid()
        for name, filter_ in self.filters.items():
            queryset = filter_.filter(queryset, self.form.cleaned_data.get(name))
        return queryset

    def chosen(self, name):
        """The cleaned value of a filter, or None when there is none or it isn't valid."""
        self.form.is_valid()
        return self.form.cleaned_data.get(name) or None

    # --- Out of the index -------------------------------------------------------------------

    @cached_property
    def snapshot(self):
        return index_of(type(self)).snapshot()

    @cached_property
    def matches(self):
        """dict of the names of each chosen filter, and of two that are a pair, to the KeySet of
        the items that they find."""
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
        """KeySet of the items with any of the values chosen of a facet, out of its KeySets."""
        return reduce(or_, (sets.get(value, KeySet()) for value in self.wanted(name)), KeySet())

    def wanted(self, name):
        return self.facets[name].wanted(self.chosen(name) or [])

    def sets(self, name):
        """{value: KeySet} of a facet: in the rows that have what is chosen of its pair."""
        for pair in self.pairs:
            place = pair.index(name) if name in pair else None
            if place is not None and (others := self.wanted(pair[1 - place])):
                return PairFacet.with_one(self.snapshot.values[pair], place, others)
        return self.snapshot.values[name]

    def found(self, without=None):
        """KeySet of the items that all chosen filters find, but for the one `without`."""
        sets = [keys for names, keys in self.matches.items() if without not in names]
        return reduce(and_, sets, self.snapshot.everything)

    def counts(self, name):
        """dict of a facet's values to how many items each would show: under all other filters,
        but without its own. Those with none are left out."""
        others = self.found(without=name)
        counted = ((value, keys.common(others)) for value, keys in self.sets(name).items())
        return {value: count for value, count in counted if count}

    def results(self):
        """The items that are found, in order, as `Results`."""
        return Results(self.queryset, self.found(), self.order())

    def order(self):
        """The keys of all items, or of those that match the text, in the chosen order."""
        sort = self.filters["sort"]
        name = sort.name_of(self.chosen("sort"), self.chosen("q"))
        if name == sort.RELEVANCE:
            return list(self.qs.values_list("pk", flat=True))
        return self.snapshot.order(name)

    def counted_form(self):
        """The form, in which facets show the values that occur, with their counts."""
        self.form.order_fields(["q", *self.facets])
        for name, facet in self.facets.items():
            self.form.fields[name].widget = facet.widget_for(self, name)
        return self.form


class PublishableFilterSet(PortalFilterSet):
    """Adds the filters by topic and by publication, which every Publishable has."""

    topic = TopicsFilter()
    posted_since = DayFilter("first_published_at", "from", label=_("Posted since"))

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
