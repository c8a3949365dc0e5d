"""API serializers and viewset of calls."""

from rest_framework.decorators import action
from rest_framework.response import Response

from calls.api.references import StageField, StatusField
from calls.filters import CallFilter
from calls.funders.api import ConsortiumRuleSerializer, FunderOfferSerializer
from calls.models import Call, CallContact, KeyDate
from calls.questions.api import QuestionsSerializer
from calls.results.api import OutcomeSerializer
from calls.success_rates.api import StatisticSerializer
from calls.timeline.api import TimelineSerializer
from initiatives.api import InitiativeReferenceSerializer, OrganisationReferenceSerializer
from website.api import (
    DocumentSerializer,
    LocalInstantField,
    MoneyField,
    PublishableSummarySerializer,
    TranslatedSerializer,
    VersionedSerializer,
)
from website.api.views import PublishableViewSet


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
    TimelineSerializer, QuestionsSerializer, VersionedSerializer, CallSummarySerializer
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
