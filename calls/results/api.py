"""API serializers of the results of a call."""

from django.http import Http404
from rest_framework import serializers

from calls.results.figures import results_of_call
from initiatives.api import OrganisationReferenceSerializer
from initiatives.models import Organisation


class AmountSumSerializer(serializers.Serializer):
    """Sum of the known amounts in one currency."""

    currency = serializers.CharField(help_text="ISO 4217 code.")
    amount = serializers.DecimalField(
        max_digits=18, decimal_places=2, allow_null=True, help_text="null if none is known."
    )
    known = serializers.IntegerField(help_text="Number of rows with a known amount.")
    count = serializers.IntegerField(help_text="Number of rows in total.")


class GroupOutcomeSerializer(serializers.Serializer):
    """Figures of one group of participations."""

    projects = serializers.IntegerField()
    organisations = serializers.IntegerField()
    participations = serializers.IntegerField(
        help_text="An organisation counts once for each project it takes part in."
    )
    coordinators = serializers.IntegerField()
    contributions = AmountSumSerializer(many=True, help_text="Funding of the participants.")
    share = serializers.FloatField(
        allow_null=True,
        help_text="Percentage of the total granted to all projects; null if an amount is "
        "not known or there are several currencies.",
    )


class CountryOutcomeSerializer(GroupOutcomeSerializer):
    country = serializers.CharField(source="key", help_text="ISO 3166-1 alpha-2 code.")


class KindOutcomeSerializer(GroupOutcomeSerializer):
    kind = serializers.ChoiceField(choices=Organisation.Kind.choices, source="key")


class OutcomeTotalsSerializer(serializers.Serializer):
    """Totals over all projects."""

    projects = serializers.SerializerMethodField()
    organisations = serializers.IntegerField(source="overall.organisations")
    participations = serializers.IntegerField(source="overall.participations")
    countries = serializers.SerializerMethodField()
    contributions = AmountSumSerializer(many=True, help_text="Total granted to the projects.")
    total_costs = AmountSumSerializer(many=True, help_text="Total cost of the projects.")

    def get_projects(self, results) -> int:
        return len(results.projects)

    def get_countries(self, results) -> int:
        return len(results.countries)


class FundedOrganisationSerializer(serializers.Serializer):
    """An organisation with its projects."""

    organisation = OrganisationReferenceSerializer(source="*")
    projects = serializers.SerializerMethodField(help_text="Ids of the projects.")

    def get_projects(self, organisation) -> list[int]:
        return list(dict.fromkeys(part.project for part in organisation.participant_rows))


class OutcomeSerializer(serializers.Serializer):
    """Results of a call, computed from its published projects.

    Get the projects themselves from `projects/?call=` with the slug of the call. A call without
    published projects has no results: 404.
    """

    totals = OutcomeTotalsSerializer(source="*")
    countries = CountryOutcomeSerializer(many=True)
    kinds = KindOutcomeSerializer(many=True)
    organisations = FundedOrganisationSerializer(many=True)

    def to_representation(self, call):
        results = results_of_call(call)
        if not results:
            raise Http404
        return super().to_representation(results)
