"""Facets: the values of a filter that occur in a list, with how many items each would show."""

from dataclasses import dataclass

from django import forms
from django.db.models import Count, Q
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from publishing.models import Topic

#: So many values of a facet are shown; those chosen are always among them.
MAX_CHOICES = 15


@dataclass(frozen=True)
class FacetChoice:
    value: str
    label: str
    count: int
    #: Depth in a hierarchy, from 0.
    level: int = 0


class CountedChoices:
    """Widget mixin: options that carry how many items they would show, and their level."""

    def __init__(self, choices, **kwargs):
        self.counted = {choice.value: choice for choice in choices}
        super().__init__(choices=[(c.value, c.label) for c in choices], **kwargs)

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        choice = self.counted.get(str(value))
        return option | ({"count": choice.count, "level": choice.level} if choice else {})


class CountedCheckboxes(CountedChoices, forms.CheckboxSelectMultiple):
    pass


class CountedRadioButtons(CountedChoices, forms.RadioSelect):
    """With a first button that takes the choice back."""

    def __init__(self, choices, **kwargs):
        super().__init__(choices, **kwargs)
        self.choices = [("", _("All")), *self.choices]


@dataclass(frozen=True)
class Facet:
    """Counts the values of one column.

    `path` is the column to group by, over relations too: slugs where the filter is one of
    related objects. `prepare` is the name of a queryset method to call first.
    """

    path: str
    prepare: str = ""

    widget = CountedCheckboxes

    def widget_for(self, filterset, name):
        """The form widget for a filter of a bound FilterSet."""
        return self.widget(self.choices(filterset, name))

    def choices(self, filterset, name):
        """The values that occur, as list of FacetChoice. At most two queries."""
        selected = [] if name in filterset.errors else filterset.data.getlist(name)
        counts = self.counts(self.others(filterset, name), selected)
        # What is chosen stays in the form, though it finds nothing.
        counts = {str(value): count for value, count in counts.items()}
        counts |= {value: 0 for value in selected[:MAX_CHOICES] if value not in counts}
        labels = self.label_of(filterset.filters[name], counts)
        return [
            FacetChoice(value, labels[value], count)
            for value, count in counts.items()
            if value in labels
        ]

    def others(self, filterset, name):
        queryset = filterset.filter_queryset(filterset.queryset.all(), without=name)
        queryset = getattr(queryset, self.prepare)() if self.prepare else queryset
        return queryset.order_by()

    def counts(self, queryset, selected):
        """dict of the most frequent values, and the selected ones, to their counts."""
        groups = queryset.values_list(self.path).annotate(n=Count("pk", distinct=True))
        groups = groups.exclude(**{self.path: None}).order_by("-n", self.path)
        found = dict(groups[:MAX_CHOICES])
        if missing := [value for value in selected if value not in map(str, found)]:
            found |= dict(groups.filter(**{f"{self.path}__in": missing[:MAX_CHOICES]}))
        return found

    def label_of(self, filter_, values):
        if (queryset := getattr(filter_, "queryset", None)) is not None:
            # The filter's own queryset: a facet must not name what is not public.
            related = queryset.filter(slug__in=list(values))
            return {item.slug: getattr(item, "short_name", str(item)) for item in related}
        return {str(value): str(label) for value, label in filter_.field.choices}


@dataclass(frozen=True)
class YearFacet(Facet):
    """Counts the years of a date column, the newest first; readers may choose one."""

    widget = CountedRadioButtons

    def counts(self, queryset, selected):
        years = queryset.annotate(facet_year=ExtractYear(self.path)).exclude(facet_year=None)
        groups = years.values_list("facet_year").annotate(n=Count("pk")).order_by("-facet_year")
        return dict(groups[:MAX_CHOICES])

    def label_of(self, filter_, values):
        return {str(value): str(value) for value in values}


@dataclass(frozen=True)
class BooleanFacet(Facet):
    """Counts yes and no; readers may choose one."""

    widget = CountedRadioButtons

    def choices(self, filterset, name):
        return [
            FacetChoice(choice.value.lower(), choice.label, choice.count)
            for choice in super().choices(filterset, name)
        ]

    def label_of(self, filter_, values):
        return {"True": _("Yes"), "False": _("No")}


@dataclass(frozen=True)
class TopicFacet(Facet):
    """Counts topics, each with the narrower ones below it, as the filter by topic does."""

    def choices(self, filterset, name):
        """Three queries at the most."""
        selected = filterset.data.getlist(name)
        others = self.others(filterset, name)
        topics = self.candidates(others, selected)
        counts = self.count_with_narrower(others, topics)
        return [
            FacetChoice(t.slug, str(t), counts[f"n{t.pk}"], level)
            for t, level in topics
            if counts[f"n{t.pk}"] or t.slug in selected
        ]

    def candidates(self, queryset, selected):
        """(topic, level) pairs: the most frequent topics, their broader ones, those chosen."""
        most = queryset.exclude(topics=None).values_list("topics").annotate(n=Count("pk"))
        wanted = Q(pk__in=[pk for pk, _n in most.order_by("-n")[:MAX_CHOICES]])
        wanted |= Q(slug__in=selected[:MAX_CHOICES])
        topics = Topic.objects.filter(wanted).select_related("parent__parent")
        paths = {}
        for topic in topics:
            path = [*topic.ancestors(), topic]
            paths |= {t.pk: path[: i + 1] for i, t in enumerate(path)}
        ordered = sorted(paths.values(), key=lambda path: [str(t) for t in path])
        return [(path[-1], len(path) - 1) for path in ordered]

    def count_with_narrower(self, queryset, topics):
        def within(topic):
            return Q(topics=topic) | Q(topics__parent=topic) | Q(topics__parent__parent=topic)

        counts = {
            f"n{topic.pk}": Count("pk", filter=within(topic), distinct=True)
            for topic, _level in topics
        }
        return queryset.aggregate(**counts) if counts else {}
