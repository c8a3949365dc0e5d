"""Questions and answers in the API."""

from rest_framework import serializers

from calls.models import Question
from calls.questions.log import date_questions, questions_of
from website.api import InstantField, PageUrlField, TranslatedSerializer


class QuestionSerializer(TranslatedSerializer):
    """What was asked about a call, and the answer."""

    title_field = "question"

    url = PageUrlField()
    published_at = InstantField(help_text="When it was first published.")
    changed_at = InstantField(
        allow_null=True, help_text="When its words last changed; null: they never have."
    )

    class Meta:
        model = Question
        fields = (
            "id",
            "url",
            "section",
            "content_language",
            "question",
            "answer",
            "answered_on",
            "published_at",
            "changed_at",
        )


class QuestionsSerializer(serializers.Serializer):
    """Mixin for the detail of a call."""

    questions = serializers.SerializerMethodField()

    def get_questions(self, call) -> QuestionSerializer(many=True):
        """In order; also as the feed `questions.atom` below the call's page."""
        questions = date_questions(call, questions_of(call))
        return QuestionSerializer(questions, many=True, context=self.context).data
