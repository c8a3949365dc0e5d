"""Filters by day, for the database and for the facet index."""

from datetime import date, datetime, time

import django_filters
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

#: Range that all databases can store as instants.
PLAUSIBLE_DAYS = [MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2200, 12, 31))]


class DayInput(forms.DateInput):
    """Native date picker; its value is ISO 8601 in every language."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class DayFilter(django_filters.DateFilter):
    """Filter from or until a day, inclusive, on a datetime column.

    `edge` is "from" or "until"; days are in the portal's time zone.
    """

    def __init__(self, field_name, edge, **kwargs):
        self.edge = edge
        super().__init__(
            field_name=field_name, widget=DayInput, validators=PLAUSIBLE_DAYS, **kwargs
        )

    def filter(self, queryset, value):
        if not value:
            return queryset
        lookup = "gte" if self.edge == "from" else "lte"
        return queryset.filter(**{f"{self.field_name}__{lookup}": self.instant(value)})

    def matching_keys(self, timeline, day):
        """Return the matching KeySet from the column's Timeline."""
        instant = self.instant(day)
        return timeline.since(instant) if self.edge == "from" else timeline.until(instant)

    def instant(self, day):
        day_part = time.min if self.edge == "from" else time.max
        return timezone.make_aware(datetime.combine(day, day_part))
