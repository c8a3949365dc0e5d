"""API serializers and viewset of initiatives."""

from rest_framework import serializers

from initiatives.api.references import (
    InitiativeReferenceSerializer,
    OrganisationReferenceSerializer,
)
from initiatives.filters import InitiativeFilter
from initiatives.models import (
    Initiative,
    InitiativeRelation,
    KeyFigure,
    Milestone,
    Participation,
    Resource,
)
from website.api import (
    DocumentSerializer,
    HidingSerializer,
    MoneyField,
    PublishableSummarySerializer,
    TranslatedSerializer,
    VersionedSerializer,
)
from website.api.views import PublishableViewSet


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
        related = [
            *((row.kind, False, row.to_initiative) for row in initiative.relations.all()),
            *((r.kind, True, r.from_initiative) for r in initiative.inverse_relations.all()),
        ]
        rows = [
            {"kind": kind, "is_inverse": is_inverse, "initiative": other}
            for kind, is_inverse, other in related
            if other.is_published
        ]
        return RelationSerializer(rows, many=True, context=self.context).data


class InitiativeViewSet(PublishableViewSet):
    """Partnerships, ERA-NETs, consortia, coordination and support actions, programmes."""

    queryset = Initiative.objects.all()
    summary_serializer = InitiativeSummarySerializer
    detail_serializer = InitiativeSerializer
    filterset_class = InitiativeFilter
    detail_relations = ("milestones__document__versions",)
