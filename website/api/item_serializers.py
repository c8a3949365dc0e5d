"""Base serializers of published items, their links and versions."""

from rest_framework import serializers

from localisation.languages import language_shown
from publishing.models import LinkRow, Revision, Topic
from website.api.fields import (
    ApiUrlField,
    FallbacksField,
    InstantField,
    LanguagesField,
    PageUrlField,
)
from website.api.media_serializers import ImageSerializer
from website.api.serializers import ReferenceSerializer, TranslatedSerializer

#: Maximum number of published versions listed for an item.
MAX_VERSIONS = 50


class TopicReferenceSerializer(ReferenceSerializer):
    """A mention of a topic."""

    title_field = "name"

    class Meta(ReferenceSerializer.Meta):
        model = Topic
        fields = (*ReferenceSerializer.Meta.fields, "name")


class LinkSerializer(TranslatedSerializer):
    """Base serializer of an item's links; a subclass sets the model."""

    class Meta:
        model = LinkRow
        fields = ("content_language", "title", "url", "language")


class PublishableSummarySerializer(TranslatedSerializer):
    """Base serializer of a published item in a list."""

    url = PageUrlField()
    api_url = ApiUrlField()
    languages = LanguagesField()
    fallbacks = FallbacksField()
    lead_image = ImageSerializer(allow_null=True)
    topics = TopicReferenceSerializer(many=True)

    class Meta:
        fields = (
            "id",
            "slug",
            "url",
            "api_url",
            "languages",
            "content_language",
            "fallbacks",
            "title",
            "summary",
            "lead_image",
            "topics",
            "first_published_at",
            "last_published_at",
        )
        extra_kwargs = {"id": {"help_text": "Never changes and is never reused."}}


class VersionSerializer(serializers.Serializer):
    """A published version. Its page shows the item as it was at that time."""

    number = serializers.IntegerField()
    published_at = serializers.DateTimeField()
    change_note = serializers.CharField(help_text="What changed. Can be empty.")
    content_language = serializers.CharField(allow_null=True, help_text="Language of the note.")
    url = serializers.URLField()


class VersionedSerializer(serializers.Serializer):
    """Mixin that lists the published versions of a Publishable, newest first."""

    versions = serializers.SerializerMethodField()

    def get_versions(self, item) -> VersionSerializer(many=True):
        request = self.context["request"]
        page = request.build_absolute_uri(item.get_absolute_url())
        return [self._version(r, page) for r in Revision.objects.citable(item)[:MAX_VERSIONS]]

    def _version(self, revision, page):
        return {
            "number": revision.number,
            "published_at": InstantField().to_representation(revision.created_at),
            "change_note": revision.change_note,
            "content_language": language_shown(revision, "change_note"),
            "url": f"{page}versions/{revision.number}/",
        }
