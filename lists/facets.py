"""Facets: the values of a filter that occur in a list, with how many items each would show."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from django import forms
from django.utils.translation import gettext as _

from lists.index import KeySet
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


def is_to_many(field):
    return bool(field.one_to_many or field.many_to_many)


@dataclass(frozen=True)
class Facet:
    """Counts the values of one column.

    `path` is the column to group by, over relations too: the related object's key where the
    filter is one of related objects. `prepare` is the name of a queryset method to call first.
    `reads` are models beside the item and its rows: when one of those is edited, all items are
    read again.
    """

    path: str
    prepare: str = ""
    reads: tuple = ()

    widget = CountedCheckboxes

    def widget_for(self, filterset, name):
        """The form widget for a filter of a bound FilterSet."""
        return self.widget(self.choices(filterset, name))

    # --- For the index ----------------------------------------------------------------------

    def relation(self, model):
        """The to-many relation whose rows have the columns; "" for the item itself."""
        name = self.path.split("__")[0]
        names = {field.name for field in model._meta.get_fields() if is_to_many(field)}
        return name if name in names else ""

    def columns(self):
        return [self.path]

    def values_of(self, value):
        """The values that an item has by its columns."""
        return () if value in (None, "") else (value,)

    def completed(self, sets):
        """The dict of values to KeySets, with what no single row tells."""
        return sets

    # --- For a list -------------------------------------------------------------------------

    def wanted(self, cleaned):
        """The values that a filter's cleaned value asks for: any of them."""
        chosen = [cleaned] if isinstance(cleaned, str | int | Decimal) else cleaned
        return [getattr(value, "pk", value) for value in chosen]

    def choices(self, filterset, name):
        """The values that occur, as list of FacetChoice. At most one query."""
        counts = filterset.counts(name)
        chosen = self.wanted(filterset.chosen(name) or [])[:MAX_CHOICES]
        shown = self.most_frequent(counts) | {value: counts.get(value, 0) for value in chosen}
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
        """dict of values to (value in the address, label), of those that readers may see."""
        if (queryset := getattr(filter_, "queryset", None)) is not None:
            # The filter's own queryset: a facet must not name what is not public.
            related = queryset.filter(pk__in=list(values))
            return {
                item.pk: (item.slug, getattr(item, "short_name", str(item))) for item in related
            }
        choices = filter_.field.choices
        return {value: (str(value), str(label)) for value, label in choices if value in values}


@dataclass(frozen=True)
class PairFacet:
    """For the index: the pairs of values that two facets have in the same row."""

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

    def completed(self, sets):
        return sets

    @staticmethod
    def with_one(sets, place, others):
        """{value: KeySet} of the first facet (place 0) or second (1), where the other one has
        any of the values `others`."""
        found = {}
        for pair, keys in sets.items():
            if pair[1 - place] in others:
                found[pair[place]] = found.get(pair[place], KeySet()) | keys
        return found


class OrderedFacet(Facet):
    """In the order of the filter's own choices, as those of sizes and times have one."""

    def choices(self, filterset, name):
        order = [value for value, _label in filterset.filters[name].field.choices]
        found = super().choices(filterset, name)
        return sorted(found, key=lambda choice: order.index(choice.value))


@dataclass(frozen=True)
class YearFacet(Facet):
    """Counts the years of a date column, the newest first; readers may choose one."""

    widget = CountedRadioButtons

    def values_of(self, day):
        return () if day is None else (day.year,)

    def most_frequent(self, counts):
        return dict(sorted(counts.items(), reverse=True)[:MAX_CHOICES])

    def labels(self, filter_, values):
        return {value: (str(value), str(value)) for value in values}


@dataclass(frozen=True)
class BooleanFacet(Facet):
    """Counts yes and no; readers may choose one."""

    widget = CountedRadioButtons

    def wanted(self, cleaned):
        return [cleaned == "true"] if cleaned else []

    def labels(self, filter_, values):
        return {True: ("true", _("Yes")), False: ("false", _("No"))}


@dataclass(frozen=True)
class TopicFacet(Facet):
    """Counts topics, each with the narrower ones below it, as the filter by topic does."""

    reads: tuple = (Topic,)

    def completed(self, sets):
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
        """The most frequent topics, their broader ones and those chosen, as a tree."""
        counts = filterset.counts(name)
        chosen = self.wanted(filterset.chosen(name) or [])[:MAX_CHOICES]
        shown = {*self.most_frequent(counts), *chosen}
        topics = Topic.objects.filter(pk__in=shown).select_related("parent__parent")
        paths = {}
        for topic in topics:
            path = [*topic.ancestors(), topic]
            paths |= {t.pk: path[: i + 1] for i, t in enumerate(path)}
        ordered = sorted(paths.values(), key=lambda path: [str(t) for t in path])
        return [
            FacetChoice(path[-1].slug, str(path[-1]), counts.get(path[-1].pk, 0), len(path) - 1)
            for path in ordered
            if path[-1].pk in counts or path[-1].pk in chosen
        ]
