"""API serializers of questions and answers."""

from rest_framework import serializers

from calls.models import Question
from calls.questions.log import questions_of, set_question_dates
from website.api import InstantField, PageUrlField, TranslatedSerializer


class QuestionSerializer(TranslatedSerializer):
    """A question about a call, with its answer."""

    title_field = "question"

    url = PageUrlField()
    published_at = InstantField(help_text="Time of first publication.")
    changed_at = InstantField(
        allow_null=True, help_text="Time of the last change; null if unchanged."
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
    """Mixin that adds the questions to the serializer of a call."""

    questions = serializers.SerializerMethodField()

    def get_questions(self, call) -> QuestionSerializer(many=True):
        """In order; also as a feed at `questions.atom` below the page of the call."""
        questions = set_question_dates(call, questions_of(call))
        return QuestionSerializer(questions, many=True, context=self.context).data
