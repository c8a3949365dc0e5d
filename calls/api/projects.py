"""API serializers and viewset of projects."""

from rest_framework import serializers

from calls.api.references import CallReferenceSerializer
from calls.filters import ProjectFilter
from calls.models import Project, ProjectParticipant
from initiatives.api import OrganisationReferenceSerializer
from website.api import (
    MoneyField,
    PublishableSummarySerializer,
    TranslatedSerializer,
    VersionedSerializer,
)
from website.api.views import PublishableViewSet


class ProjectParticipantSerializer(TranslatedSerializer):
    """An organisation's participation in a project."""

    title_field = "note"

    organisation = OrganisationReferenceSerializer()
    net_contribution = MoneyField(currency="project.currency")
    other_funding = MoneyField(currency="project.currency")
    total_cost = MoneyField(currency="project.currency")

    class Meta:
        model = ProjectParticipant
        fields = (
            "organisation",
            "role",
            "activity_type",
            "net_contribution",
            "other_funding",
            "total_cost",
            "is_active",
            "content_language",
            "note",
        )


class ProjectSummarySerializer(PublishableSummarySerializer):
    """A project as shown in lists."""

    call = CallReferenceSerializer(allow_null=True)
    total_cost = MoneyField(currency="currency")
    eu_contribution = MoneyField(currency="currency")
    keywords = serializers.ListField(source="keyword_list", child=serializers.CharField())
    fields_of_science = serializers.ListField(
        source="science_list", child=serializers.CharField()
    )

    class Meta(PublishableSummarySerializer.Meta):
        model = Project
        fields = (
            *PublishableSummarySerializer.Meta.fields,
            "acronym",
            "grant_number",
            "doi",
            "call",
            "sub_call",
            "call_topic",
            "programme",
            "funding_scheme",
            "starts_on",
            "ends_on",
            "precision",
            "status",
            "total_cost",
            "eu_contribution",
            "keywords",
            "fields_of_science",
            "website",
            "source_url",
            "record_number",
        )


class ProjectSerializer(VersionedSerializer, ProjectSummarySerializer):
    """A project with its objective (`body`) and its participants."""

    participants = ProjectParticipantSerializer(many=True)

    class Meta(ProjectSummarySerializer.Meta):
        fields = (*ProjectSummarySerializer.Meta.fields, "versions", "body", "participants")


class ProjectViewSet(PublishableViewSet):
    """Projects funded by calls."""

    queryset = Project.objects.all()
    summary_serializer = ProjectSummarySerializer
    detail_serializer = ProjectSerializer
    filterset_class = ProjectFilter
