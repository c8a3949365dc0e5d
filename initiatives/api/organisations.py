"""API serializers and viewset of organisations."""

from rest_framework import serializers

from initiatives.api.initiatives import ParticipationSerializer
from initiatives.api.references import InitiativeReferenceSerializer, RegionSerializer
from initiatives.filters import OrganisationFilter
from initiatives.models import Organisation
from website.api import FallbacksField, ImageSerializer, LanguagesField, ReferenceSerializer
from website.api.views import ReadOnlyViewSet


class OrganisationRoleSerializer(ParticipationSerializer):
    """A role of the organisation in an initiative."""

    initiative = InitiativeReferenceSerializer()

    class Meta(ParticipationSerializer.Meta):
        fields = ("initiative", *ParticipationSerializer.Meta.fields[1:])


class OrganisationSummarySerializer(ReferenceSerializer):
    """An organisation as shown in lists."""

    title_field = "name"

    languages = LanguagesField()
    fallbacks = FallbacksField()
    region = RegionSerializer(allow_null=True)
    latitude = serializers.FloatField(allow_null=True, help_text="Degrees north.")
    longitude = serializers.FloatField(allow_null=True, help_text="Degrees east.")
    logo = ImageSerializer(allow_null=True)

    class Meta(ReferenceSerializer.Meta):
        model = Organisation
        fields = (
            *ReferenceSerializer.Meta.fields,
            "languages",
            "fallbacks",
            "name",
            "acronym",
            "kind",
            "country",
            "region",
            "street",
            "postal_code",
            "city",
            "latitude",
            "longitude",
            "ror_id",
            "website",
            "logo",
            "updated_at",
        )


class OrganisationSerializer(OrganisationSummarySerializer):
    """An organisation with its description and its roles in initiatives."""

    roles = serializers.SerializerMethodField()

    class Meta(OrganisationSummarySerializer.Meta):
        fields = (*OrganisationSummarySerializer.Meta.fields, "description", "roles")

    def get_roles(self, organisation) -> OrganisationRoleSerializer(many=True):
        rows = [r for r in organisation.participations.all() if r.initiative.is_published]
        return OrganisationRoleSerializer(rows, many=True, context=self.context).data


class OrganisationViewSet(ReadOnlyViewSet):
    """Organisations that fund, coordinate or take part.

    Find their calls and projects by the filters `funder` of calls and `organisation` of
    projects.
    """

    queryset = Organisation.objects.for_list()
    summary_serializer = OrganisationSummarySerializer
    detail_serializer = OrganisationSerializer
    filterset_class = OrganisationFilter
    detail_relations = ("participations__initiative",)
