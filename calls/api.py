"""API serializers and viewsets of calls and projects."""

from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from calls.filters import CallFilter, ProjectFilter
from calls.funders.api import ConsortiumRuleSerializer, FunderOfferSerializer
from calls.models import Call, CallContact, KeyDate, Project, ProjectParticipant
from calls.questions.api import QuestionsSerializer
from calls.results.api import OutcomeSerializer
from calls.status import Stage, Status
from calls.success_rates.api import StatisticSerializer
from calls.timeline.api import TimingSerializer
from initiatives.api import InitiativeReferenceSerializer, OrganisationReferenceSerializer
from website.api import (
    DocumentSerializer,
    LocalInstantField,
    MoneyField,
    PublishableSummarySerializer,
    PublishedReferenceSerializer,
    TranslatedSerializer,
    VersionedSerializer,
)
from website.api.views import PublishableViewSet


class StatusField(serializers.ChoiceField):
    """Status of a call at the time of the response."""

    def __init__(self, **kwargs):
        super().__init__(
            choices=Status.choices,
            read_only=True,
            help_text="Current status, calculated from the key dates.",
            **kwargs,
        )


class StageField(serializers.ChoiceField):
    """Stage of a call at the time of the response; null before opening and after the end."""

    def __init__(self, **kwargs):
        super().__init__(
            choices=Stage.choices,
            read_only=True,
            allow_null=True,
            help_text="Current stage; null before the call opens and after it ends.",
            **kwargs,
        )

    def to_representation(self, value):
        return super().to_representation(value) or None


class CallReferenceSerializer(PublishedReferenceSerializer):
    """Short reference to a call."""

    status = StatusField()

    class Meta(PublishedReferenceSerializer.Meta):
        model = Call
        fields = (
            *PublishedReferenceSerializer.Meta.fields,
            "reference",
            "kind",
            "status",
            "closes_at",
        )


class ProjectReferenceSerializer(PublishedReferenceSerializer):
    """Short reference to a project."""

    class Meta(PublishedReferenceSerializer.Meta):
        model = Project
        fields = (*PublishedReferenceSerializer.Meta.fields, "acronym", "grant_number")


class KeyDateSerializer(TranslatedSerializer):
    """A key date of a call, in UTC and in its own time zone."""

    title_field = "note"

    local_at = LocalInstantField("at")
    local_ends_at = LocalInstantField("ends_at")

    class Meta:
        model = KeyDate
        fields = (
            "kind",
            "at",
            "ends_at",
            "timezone",
            "local_at",
            "local_ends_at",
            "certainty",
            "precision",
            "content_language",
            "note",
        )
        extra_kwargs = {
            "at": {"help_text": "In UTC."},
            "ends_at": {"help_text": "In UTC; only for periods."},
            "precision": {"help_text": "How exact the date is."},
        }


class CallContactSerializer(TranslatedSerializer):
    """A contact for applicants."""

    title_field = "function"

    organisation = OrganisationReferenceSerializer(allow_null=True)

    class Meta:
        model = CallContact
        fields = (
            "name",
            "content_language",
            "function",
            "organisation",
            "is_secretariat",
            "email",
            "phone",
        )


class CallSummarySerializer(PublishableSummarySerializer):
    """A call as shown in lists."""

    initiative = InitiativeReferenceSerializer(allow_null=True)
    status = StatusField()
    stage = StageField()
    budget = MoneyField()
    next_deadline = KeyDateSerializer(
        allow_null=True,
        help_text="The next deadline of any kind that applicants must meet. The filter "
        "and the sort order `deadline` use it.",
    )
    key_dates = KeyDateSerializer(many=True)

    class Meta(PublishableSummarySerializer.Meta):
        model = Call
        fields = (
            *PublishableSummarySerializer.Meta.fields,
            "reference",
            "kind",
            "initiative",
            "status",
            "stage",
            "closes_at",
            "next_deadline",
            "key_dates",
            "budget",
            "submission_url",
            "website",
        )


class CallSerializer(
    TimingSerializer, QuestionsSerializer, VersionedSerializer, CallSummarySerializer
):
    """A call with all its published content."""

    contacts = CallContactSerializer(many=True)
    funders = FunderOfferSerializer(source="offers", many=True)
    consortium_rules = ConsortiumRuleSerializer(many=True)
    statistics = StatisticSerializer(many=True)
    documents = DocumentSerializer(many=True)

    class Meta(CallSummarySerializer.Meta):
        fields = (
            *CallSummarySerializer.Meta.fields,
            "versions",
            "plan",
            "deadline_moves",
            "changes",
            "aim",
            "eligibility",
            "body",
            "contacts",
            "funders",
            "consortium_rules",
            "questions",
            "statistics",
            "documents",
        )


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


class CallViewSet(PublishableViewSet):
    """Calls for proposals, with their key dates and current status."""

    queryset = Call.objects.all()
    summary_serializer = CallSummarySerializer
    detail_serializer = CallSerializer
    filterset_class = CallFilter

    def get_serializer_class(self):
        return OutcomeSerializer if self.action == "results" else super().get_serializer_class()

    @action(detail=True)
    def results(self, request, pk):
        """Return the results of a call: totals, figures by country, kind and organisation."""
        return Response(self.get_serializer(self.get_object()).data)


class ProjectViewSet(PublishableViewSet):
    """Projects funded by calls."""

    queryset = Project.objects.all()
    summary_serializer = ProjectSummarySerializer
    detail_serializer = ProjectSerializer
    filterset_class = ProjectFilter
