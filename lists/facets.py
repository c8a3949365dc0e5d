"""Facets: filter values that occur in a list, with the number of matching items."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from django import forms
from django.utils.translation import gettext as _

from lists.index import KeySet
from publishing.models import Topic

#: Maximum number of values shown per facet; selected values are always included.
MAX_CHOICES = 15


@dataclass(frozen=True)
class FacetChoice:
    value: str
    label: str
    count: int
    #: Depth in a hierarchy, starting at 0.
    level: int = 0


class CountedChoices:
    """Widget mixin that adds the item count and hierarchy level to options."""

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
    """Radio buttons with "All" first, to clear the selection."""

    def __init__(self, choices, **kwargs):
        super().__init__(choices, **kwargs)
        self.choices = [("", _("All")), *self.choices]


def is_to_many(field):
    return bool(field.one_to_many or field.many_to_many)


@dataclass(frozen=True)
class Facet:
    """Facet that counts the values of one column.

    `path` is the column to group by, possibly across relations; for a filter by related
    objects, it is their primary key. `prepare` is the name of a queryset method to call first.
    `depends_on` are models whose changes require a full rebuild of the index.
    """

    path: str
    prepare: str = ""
    depends_on: tuple = ()

    widget = CountedCheckboxes

    def widget_for(self, filterset, name):
        """Return the form widget for a filter of a bound FilterSet."""
        return self.widget(self.choices(filterset, name))

    # --- Indexing -----------------------------------------------------------------------

    def relation(self, model):
        """Return the to-many relation that has the columns, or "" for the item itself."""
        name = self.path.split("__")[0]
        names = {field.name for field in model._meta.get_fields() if is_to_many(field)}
        return name if name in names else ""

    def columns(self):
        return [self.path]

    def values_of(self, value):
        """Return the facet values for the values of an item's columns."""
        return () if value in (None, "") else (value,)

    def add_derived(self, sets):
        """Add what cannot be derived from single rows to a {value: KeySet} dict."""
        return sets

    # --- Lists --------------------------------------------------------------------------

    def selected_values(self, cleaned):
        """Return the values selected by a filter's cleaned value, any of which may match."""
        selected = [cleaned] if isinstance(cleaned, str | int | Decimal) else cleaned
        return [getattr(value, "pk", value) for value in selected]

    def choices(self, filterset, name):
        """Return the values that occur as a list of FacetChoice. At most one query."""
        counts = filterset.counts(name)
        selected = self.selected_values(filterset.cleaned_value(name) or [])[:MAX_CHOICES]
        shown = self.most_frequent(counts) | {value: counts.get(value, 0) for value in selected}
        labels = self.labels(filterset.filters[name], shown)
        return [
            FacetChoice(*labels[value], count)
            for value, count in shown.items()
            if value in labels
        ]

    def most_frequent(self, counts):
        by_count = sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))
        return dict(by_count[:MAX_CHOICES])

    def labels(self, filter_, values):
        """Return {value: (URL value, label)} of the values that readers may see."""
        if (queryset := getattr(filter_, "queryset", None)) is not None:
            # Use the filter's own queryset: a facet must not name unpublished objects.
            related = queryset.filter(pk__in=list(values))
            return {
                item.pk: (item.slug, getattr(item, "short_name", str(item))) for item in related
            }
        choices = filter_.field.choices
        return {value: (str(value), str(label)) for value, label in choices if value in values}


@dataclass(frozen=True)
class PairFacet:
    """Pairs of values that two facets have in the same row. Used in the index only."""

    first: Facet
    second: Facet

    prepare = ""

    def relation(self, model):
        return self.first.relation(model)

    def columns(self):
        return [*self.first.columns(), *self.second.columns()]

    def values_of(self, *columns):
        size = len(self.first.columns())
        firsts, seconds = columns[:size], columns[size:]
        return product(self.first.values_of(*firsts), self.second.values_of(*seconds))

    def add_derived(self, sets):
        return sets

    @staticmethod
    def restrict(sets, place, others):
        """Return {value: KeySet} of one facet of the pair, restricted by the other.

        `place` is 0 for the first facet or 1 for the second; `others` are values of the other
        facet.
        """
        found = {}
        for pair, keys in sets.items():
            if pair[1 - place] in others:
                found[pair[place]] = found.get(pair[place], KeySet()) | keys
        return found


class OrderedFacet(Facet):
    """Facet whose values keep the order of the filter's choices, such as sizes."""

    def choices(self, filterset, name):
        order = [value for value, _label in filterset.filters[name].field.choices]
        found = super().choices(filterset, name)
        return sorted(found, key=lambda choice: order.index(choice.value))


@dataclass(frozen=True)
class YearFacet(Facet):
    """Facet of the years of a date column, newest first; single choice."""

    widget = CountedRadioButtons

    def values_of(self, day):
        return () if day is None else (day.year,)

    def most_frequent(self, counts):
        return dict(sorted(counts.items(), reverse=True)[:MAX_CHOICES])

    def labels(self, filter_, values):
        return {value: (str(value), str(value)) for value in values}


@dataclass(frozen=True)
class BooleanFacet(Facet):
    """Facet of yes and no; single choice."""

    widget = CountedRadioButtons

    def selected_values(self, cleaned):
        return [cleaned == "true"] if cleaned else []

    def labels(self, filter_, values):
        return {True: ("true", _("Yes")), False: ("false", _("No"))}


@dataclass(frozen=True)
class TopicFacet(Facet):
    """Facet of topics; a topic includes its narrower ones, as in the filter."""

    depends_on: tuple = (Topic,)

    def add_derived(self, sets):
        parents = dict(Topic.objects.values_list("pk", "parent"))
        found = {}
        for topic, keys in sets.items():
            for broader in self.path_up(topic, parents):
                found[broader] = found.get(broader, KeySet()) | keys
        return found

    def path_up(self, topic, parents):
        seen = []
        while topic and topic not in seen:
            seen.append(topic)
            topic = parents.get(topic)
        return seen

    def choices(self, filterset, name):
        """Return the most frequent topics, their ancestors and the selected ones as a tree."""
        counts = filterset.counts(name)
        selected = self.selected_values(filterset.cleaned_value(name) or [])[:MAX_CHOICES]
        shown = {*self.most_frequent(counts), *selected}
        topics = Topic.objects.filter(pk__in=shown).select_related("parent__parent")
        paths = {}
        for topic in topics:
            path = [*topic.ancestors(), topic]
            paths |= {t.pk: path[: i + 1] for i, t in enumerate(path)}
        ordered = sorted(paths.values(), key=lambda path: [str(t) for t in path])
        return [
            FacetChoice(path[-1].slug, str(path[-1]), counts.get(path[-1].pk, 0), len(path) - 1)
            for path in ordered
            if path[-1].pk in counts or path[-1].pk in selected
        ]
