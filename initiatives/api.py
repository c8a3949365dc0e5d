"""API serializers and viewsets of initiatives and organisations."""

from rest_framework import serializers

from initiatives.filters import InitiativeFilter, OrganisationFilter
from initiatives.models import (
    Initiative,
    InitiativeRelation,
    KeyFigure,
    Milestone,
    Organisation,
    Participation,
    Region,
    Resource,
)
from website.api import (
    DocumentSerializer,
    FallbacksField,
    HidingSerializer,
    ImageSerializer,
    LanguagesField,
    MoneyField,
    PublishableSummarySerializer,
    PublishedReferenceSerializer,
    ReferenceSerializer,
    TranslatedSerializer,
    VersionedSerializer,
)
from website.api.views import PublishableViewSet, ReadOnlyViewSet


class OrganisationReferenceSerializer(ReferenceSerializer):
    """Short reference to an organisation."""

    title_field = "name"

    class Meta(ReferenceSerializer.Meta):
        model = Organisation
        fields = (*ReferenceSerializer.Meta.fields, "name", "acronym", "country", "ror_id")


class InitiativeReferenceSerializer(PublishedReferenceSerializer):
    """Short reference to an initiative."""

    class Meta(PublishedReferenceSerializer.Meta):
        model = Initiative
        fields = (*PublishedReferenceSerializer.Meta.fields, "acronym", "kind")


class ParticipationSerializer(TranslatedSerializer):
    """An organisation's role in an initiative; an organisation may have several."""

    title_field = "note"

    organisation = OrganisationReferenceSerializer()
    amount = MoneyField()

    class Meta:
        model = Participation
        fields = (
            "organisation",
            "role",
            "amount",
            "starts_on",
            "ends_on",
            "precision",
            "is_expected",
            "content_language",
            "note",
        )


class RelationSerializer(serializers.ModelSerializer):
    """A relation as seen from one of its initiatives: `initiative` is the other one."""

    is_inverse = serializers.BooleanField(
        help_text="True if the relation goes from the other initiative to this one."
    )
    initiative = InitiativeReferenceSerializer()

    class Meta:
        model = InitiativeRelation
        fields = ("kind", "is_inverse", "initiative")


class KeyFigureSerializer(TranslatedSerializer):
    """A key figure; an amount of money if `unit` is the code of a currency."""

    title_field = "label"

    class Meta:
        model = KeyFigure
        fields = (
            "label",
            "qualifier",
            "value",
            "unit",
            "note",
            "as_of_on",
            "content_language",
        )


class MilestoneSerializer(TranslatedSerializer):
    """A past or future milestone; its date is known to `precision`."""

    document = DocumentSerializer(allow_null=True)

    class Meta:
        model = Milestone
        fields = (
            "happens_on",
            "precision",
            "content_language",
            "title",
            "text",
            "url",
            "document",
        )


class ResourceSerializer(HidingSerializer):
    """A link or a document, with its language."""

    document = DocumentSerializer(allow_null=True)
    organisation = OrganisationReferenceSerializer(allow_null=True)

    class Meta(HidingSerializer.Meta):
        model = Resource
        fields = (
            "content_language",
            "title",
            "group",
            "url",
            "document",
            "organisation",
            "language",
            "dated_on",
        )

    def is_visible(self, resource):
        document = resource.document
        return document is None or self.fields["document"].is_visible(document)


class InitiativeSummarySerializer(PublishableSummarySerializer):
    """An initiative as shown in lists."""

    budget = MoneyField()

    class Meta(PublishableSummarySerializer.Meta):
        model = Initiative
        fields = (
            *PublishableSummarySerializer.Meta.fields,
            "kind",
            "acronym",
            "website",
            "starts_on",
            "starts_precision",
            "ends_on",
            "ends_precision",
            "duration_months",
            "budget",
            "grant_agreement",
            "funding_scheme",
        )


class InitiativeSerializer(VersionedSerializer, InitiativeSummarySerializer):
    """An initiative with all its published content."""

    participations = ParticipationSerializer(many=True)
    relations = serializers.SerializerMethodField()
    key_figures = KeyFigureSerializer(many=True)
    milestones = MilestoneSerializer(many=True)
    resources = ResourceSerializer(many=True)

    class Meta(InitiativeSummarySerializer.Meta):
        fields = (
            *InitiativeSummarySerializer.Meta.fields,
            "versions",
            "body",
            "participations",
            "relations",
            "key_figures",
            "milestones",
            "resources",
        )

    def get_relations(self, initiative) -> RelationSerializer(many=True):
        seen = [
            *((row.kind, False, row.to_initiative) for row in initiative.relations.all()),
            *((r.kind, True, r.from_initiative) for r in initiative.inverse_relations.all()),
        ]
        rows = [
            {"kind": kind, "is_inverse": is_inverse, "initiative": other}
            for kind, is_inverse, other in seen
            if other.is_published
        ]
        return RelationSerializer(rows, many=True, context=self.context).data


class RegionSerializer(TranslatedSerializer):
    """A European statistical region. `code` is its NUTS code."""

    title_field = "name"

    class Meta:
        model = Region
        fields = ("code", "content_language", "name")


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


class InitiativeViewSet(PublishableViewSet):
    """Partnerships, ERA-NETs, consortia, coordination and support actions, programmes."""

    queryset = Initiative.objects.all()
    summary_serializer = InitiativeSummarySerializer
    detail_serializer = InitiativeSerializer
    filterset_class = InitiativeFilter
    detail_relations = ("milestones__document__versions",)


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
