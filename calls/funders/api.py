"""API serializers of funders' offers and consortium rules."""

from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers

from calls.models import ConsortiumRule, FunderOffer
from initiatives.api import OrganisationReferenceSerializer, RegionSerializer
from initiatives.models import Organisation
from website.api import DocumentSerializer, LocalInstantField, MoneyField, TranslatedSerializer


class EligibleKindSerializer(serializers.Serializer):
    """A kind of organisation that a funder funds."""

    kind = serializers.ChoiceField(choices=Organisation.Kind.choices)
    funding_rate = serializers.FloatField(
        allow_null=True, help_text="Percentage of the eligible costs; null if not known."
    )


class FunderOfferSerializer(TranslatedSerializer):
    """A funder's budget for a call, and its terms.

    The funder's contacts are in `contacts` of the call, matched by `organisation`.
    """

    title_field = "programme"

    organisation = OrganisationReferenceSerializer()
    country = serializers.CharField(
        help_text="ISO 3166-1 alpha-2 code of the funder's country."
    )
    region = RegionSerializer(
        allow_null=True,
        help_text="The only region in which it funds; null for its whole country.",
    )
    amount = MoneyField()
    max_per_partner = MoneyField(currency="currency")
    max_per_coordinator = MoneyField(
        currency="currency", help_text="Only if it differs from the maximum for other partners."
    )
    eligible_kinds = serializers.SerializerMethodField(
        help_text="Kinds of organisation it funds; empty if not known."
    )
    local_extra_step_at = LocalInstantField("extra_step_at")
    rules_document = DocumentSerializer(allow_null=True)
    row_url = serializers.SerializerMethodField(
        help_text="Address of the funder's row on the page of the call."
    )

    class Meta:
        model = FunderOffer
        fields = (
            "organisation",
            "country",
            "region",
            "content_language",
            "programme",
            "amount",
            "expected_partners",
            "max_per_partner",
            "max_per_coordinator",
            "trl_from",
            "trl_to",
            "eligible_kinds",
            "eligible_costs",
            "ineligible_costs",
            "extra_step",
            "extra_step_at",
            "timezone",
            "local_extra_step_at",
            "extra_step_url",
            "rules_document",
            "row_url",
        )
        extra_kwargs = {"extra_step_at": {"help_text": "In UTC."}}

    def get_eligible_kinds(self, offer) -> EligibleKindSerializer(many=True):
        return [
            {"kind": kind, "funding_rate": rate} for kind, rate in offer.eligible_kinds.items()
        ]

    def get_row_url(self, offer) -> OpenApiTypes.URI:
        page = self.context["request"].build_absolute_uri(offer.call.get_absolute_url())
        return f"{page}#{offer.anchor}"


class ConsortiumRuleSerializer(TranslatedSerializer):
    """A rule for consortia, with its clause in the text of the call."""

    title_field = "clause"

    requirement = serializers.CharField(help_text="The rule in a few words.")
    countries = serializers.SerializerMethodField(
        help_text="Codes of the countries that count; empty for all countries."
    )
    organisation_kinds = serializers.ListField(
        child=serializers.ChoiceField(choices=Organisation.Kind.choices)
    )

    class Meta:
        model = ConsortiumRule
        fields = (
            "kind",
            "requirement",
            "number",
            "counts",
            "countries",
            "organisation_kinds",
            "content_language",
            "clause",
            "section",
        )

    def get_countries(self, rule) -> list[str]:
        return sorted(rule.country_codes)
