"""Filters of lists by words, order, choices, countries and topics."""

import django_filters
from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from localisation.fields import country_choices
from publishing.models import Topic
from search.lists import filter_by_text, order_by_relevance


class TextFilter(django_filters.CharFilter):
    """Full-text filter; all words must occur in the item."""

    def __init__(self, **kwargs):
        super().__init__(label=_("Search words"), max_length=200, **kwargs)

    def filter(self, queryset, value):
        return filter_by_text(queryset, value) if value else queryset


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
        text = filterset.cleaned_value("q") if filterset else None
        name = self.name_of(value, text)
        if name == self.RELEVANCE:
            return order_by_relevance(queryset, text)
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


class ToManyFilterMixin:
    """Filter mixin for to-many relations that avoids duplicate items."""

    def filter(self, queryset, value):
        if not value:
            return queryset
        rows = queryset.model._base_manager.filter(
            pk=OuterRef("pk"), **{f"{self.field_name}__in": value}
        )
        return queryset.filter(Exists(rows))


class SlugsFilter(ToManyFilterMixin, django_filters.ModelMultipleChoiceFilter):
    """Filter by one or more related objects, given by slug."""

    def __init__(self, **kwargs):
        # Hidden unless a facet shows it: the list of all objects could be very long.
        super().__init__(to_field_name="slug", widget=forms.MultipleHiddenInput, **kwargs)


class ChoicesFilter(django_filters.MultipleChoiceFilter):
    """Filter by one or more values of a column of the item itself."""

    def filter(self, queryset, value):
        return queryset.filter(**{f"{self.field_name}__in": value}) if value else queryset


class CountriesFilter(ToManyFilterMixin, django_filters.MultipleChoiceFilter):
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
