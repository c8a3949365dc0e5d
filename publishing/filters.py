"""One FilterSet a type serves its list page and its API: bases for both."""

from datetime import date, datetime, time

import django_filters
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.facets import Facet, TopicFacet
from publishing.fields import country_choices
from publishing.models import Topic


class TextFilter(django_filters.CharFilter):
    """The words a reader types: each has to occur in the item."""

    def __init__(self, **kwargs):
        super().__init__(label=_("Words"), max_length=200, **kwargs)

    def filter(self, queryset, value):
        return queryset.matching(value) if value else queryset


class SortFilter(django_filters.ChoiceFilter):
    """Order of a list.

    `sorts` maps a name to (label, order): a tuple of columns, or the name of a queryset method.
    The first one is the default.
    """

    def __init__(self, sorts, **kwargs):
        self.orders = {name: order for name, (_label, order) in sorts.items()}
        self.choices = [(name, label) for name, (label, _order) in sorts.items()]
        super().__init__(
            label=_("Sort by"), choices=self.choices, widget=forms.HiddenInput, **kwargs
        )

    @property
    def default(self):
        return next(iter(self.orders))

    def filter(self, queryset, value):
        order = self.orders[value or self.default]
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


#: Days whose first and last instants every database can hold.
PLAUSIBLE_DAYS = [MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2200, 12, 31))]


class DayInput(forms.DateInput):
    """The browser's own date picker, which speaks ISO 8601 whatever the language."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class DayFilter(django_filters.DateFilter):
    """From or until a day, inclusive, on a column of instants.

    `edge` is "from" or "until"; days are those of the portal's own time zone.
    """

    def __init__(self, field_name, edge, **kwargs):
        self.edge = edge
        super().__init__(
            field_name=field_name, widget=DayInput, validators=PLAUSIBLE_DAYS, **kwargs
        )

    def filter(self, queryset, value):
        if not value:
            return queryset
        day_part = time.min if self.edge == "from" else time.max
        instant = timezone.make_aware(datetime.combine(value, day_part))
        lookup = "gte" if self.edge == "from" else "lte"
        return queryset.filter(**{f"{self.field_name}__{lookup}": instant})


class PortalFilterSet(django_filters.FilterSet):
    """Base of every list's FilterSet.

    `facets` maps filter names to the `Facet` that counts their values for the page's form.
    """

    q = TextFilter()

    facets = {}

    @classmethod
    def parameters(cls):
        """Names of the query parameters that the list understands."""
        return list(cls.base_filters)

    def filter_queryset(self, queryset, without=None):
        """Apply all filters whose value is valid, but not the one named `without`."""
        self.form.is_valid()
        for name, filter_ in self.filters.items():
            if name != without:
                queryset = filter_.filter(queryset, self.form.cleaned_data.get(name))
        return queryset

    def counted_form(self):
        """The form, in which facets show the values that occur, with their counts.

        Each is counted under all other filters, but without its own.
        """
        self.form.order_fields(["q", *self.facets])
        for name, facet in self.facets.items():
            self.form.fields[name].widget = facet.widget_for(self, name)
        return self.form


class PublishableFilterSet(PortalFilterSet):
    """Adds the filter by topic, which every Publishable has."""

    topic = TopicsFilter()

    facets = {"topic": TopicFacet("topics")}


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
