"""Results of a call: totals, and figures by country, kind and organisation.

Computed from published projects and their participants in a constant number of queries. A
missing amount is not zero: each sum has the number of amounts that are known, and is None if
none is. Currencies are never added together.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from calls.models import Call, Project, ProjectParticipant
from initiatives.models import Organisation


@dataclass(frozen=True)
class Sum:
    """Sum of the known amounts in one currency; `amount` is None if none is known.

    `known` out of `count` amounts are known.
    """

    currency: str
    amount: Decimal | None
    known: int
    count: int

    @property
    def is_complete(self):
        return self.known == self.count


def sum_by_currency(amounts):
    """Return a Sum for each currency of (amount or None, currency), most frequent first."""
    by_currency = defaultdict(list)
    for amount, currency in amounts:
        by_currency[currency].append(amount)
    by_count = sorted(by_currency.items(), key=lambda item: (-len(item[1]), item[0]))
    return [_sum(currency, group) for currency, group in by_count]


def _sum(currency, amounts):
    known = [amount for amount in amounts if amount is not None]
    return Sum(currency, sum(known) if known else None, len(known), len(amounts))


class ParticipantRow(NamedTuple):
    """An organisation's participation in a project; `project` and `organisation` are ids."""

    project: int
    organisation: int
    country: str
    kind: str
    role: str
    contribution: Decimal | None
    currency: str

    @property
    def is_coordinator(self):
        return self.role == ProjectParticipant.Role.COORDINATOR


@dataclass(frozen=True)
class Group:
    """Parts with the same country or kind of organisation; `key` is its code."""

    key: str
    participant_rows: list = field(repr=False)
    #: Sums of the EU contributions to all projects, the denominator of `share`.
    total_granted: list = field(repr=False)

    @cached_property
    def projects(self):
        return len({row.project for row in self.participant_rows})

    @cached_property
    def organisations(self):
        return len({row.organisation for row in self.participant_rows})

    @property
    def participations(self):
        return len(self.participant_rows)

    @cached_property
    def coordinators(self):
        return sum(row.is_coordinator for row in self.participant_rows)

    @cached_property
    def contributions(self):
        """Sums of the participants' net contributions."""
        return sum_by_currency(
            (row.contribution, row.currency) for row in self.participant_rows
        )

    @cached_property
    def share(self):
        """Percentage of the contributions to all projects, or None.

        None unless the contribution to every project is known and all are in one currency.
        """
        if (
            len(self.total_granted) != 1
            or not self.total_granted[0].is_complete
            or not self.participant_rows
        ):
            return None
        amount, total = self.contributions[0].amount, self.total_granted[0].amount
        return round(100 * amount / total, 1) if total and amount is not None else None


class Results:
    """Results of a queryset of published projects.

    Use `results_of_call` or `results_of_initiative`.
    """

    def __init__(self, projects):
        self.queryset = projects

    def __bool__(self):
        return bool(self.projects)

    @cached_property
    def projects(self):
        """{id: project} by title; fields other than names and amounts are deferred."""
        names = ("call", "title", "acronym", "slug")
        amounts = ("total_cost", "eu_contribution", "currency")
        return {
            project.pk: project for project in self.queryset.only(*names, *amounts).by_title()
        }

    @cached_property
    def participant_rows(self):
        rows = ProjectParticipant.objects.filter(project__in=self.queryset.order_by())
        return [
            ParticipantRow(*values)
            for values in rows.order_by("project", "position", "pk").values_list(
                "project",
                "organisation",
                "organisation__country",
                "organisation__kind",
                "role",
                "net_contribution",
                "project__currency",
            )
        ]

    @cached_property
    def total_costs(self):
        return sum_by_currency((p.total_cost, p.currency) for p in self.projects.values())

    @cached_property
    def contributions(self):
        """Sums of the EU contributions to the projects."""
        return sum_by_currency((p.eu_contribution, p.currency) for p in self.projects.values())

    @cached_property
    def overall(self):
        """All participations as one Group, for the totals."""
        return Group("", self.participant_rows, self.contributions)

    @cached_property
    def countries(self):
        """Groups by country, most participations first."""
        return self._groups("country")

    @cached_property
    def kinds(self):
        """Groups by kind of organisation, most participations first."""
        return self._groups("kind")

    def _groups(self, name):
        by_key = defaultdict(list)
        for row in self.participant_rows:
            by_key[getattr(row, name)].append(row)
        groups = [Group(key, rows, self.contributions) for key, rows in by_key.items()]
        return sorted(groups, key=lambda group: (-group.participations, group.key))

    def organisations(self, limit=None):
        """Return the organisations, most projects first, each with its `participant_rows`."""
        counts = Counter(row.organisation for row in self.participant_rows)
        ranked = sorted(counts, key=lambda pk: (-counts[pk], pk))[:limit]
        organisations = Organisation.objects.filter(pk__in=ranked).by_name()
        by_key = {organisation.pk: organisation for organisation in organisations}
        for organisation in by_key.values():
            organisation.participant_rows = []
        for row in self.participant_rows:
            if row.organisation in by_key:
                by_key[row.organisation].participant_rows.append(row)
        return sorted(
            by_key.values(), key=lambda organisation: -len(organisation.participant_rows)
        )


def results_of_call(call):
    return Results(call.projects.published())


def results_of_initiative(initiative):
    """Return the Results of all published calls of an initiative."""
    calls = Call.objects.published().filter(initiative=initiative)
    return Results(Project.objects.published().filter(call__in=calls))
