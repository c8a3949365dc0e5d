"""API serializer of success rates."""

from rest_framework import serializers

from calls.models import Statistic
from initiatives.api import OrganisationReferenceSerializer
from website.api import MoneyField, TranslatedSerializer


class StatisticSerializer(TranslatedSerializer):
    """Figures of one stage: of all, or of one funder or country. null: not known (0: none)."""

    title_field = "note"

    organisation = OrganisationReferenceSerializer(
        allow_null=True, help_text="The funder that the figures are about; null for all."
    )
    country = serializers.CharField(
        help_text="ISO 3166-1 alpha-2 code of the country of the figures; empty for all."
    )
    success_rate = serializers.FloatField(
        allow_null=True,
        help_text="Percentage funded (else invited) of those submitted (else eligible).",
    )
    amount_asked = MoneyField(currency="currency")
    amount_granted = MoneyField(currency="currency")

    class Meta:
        model = Statistic
        fields = (
            "stage",
            "unit",
            "organisation",
            "country",
            "submitted",
            "eligible",
            "invited",
            "funded",
            "success_rate",
            "amount_asked",
            "amount_granted",
            "as_of_on",
            "source_url",
            "content_language",
            "note",
        )
