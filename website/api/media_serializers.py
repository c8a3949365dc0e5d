"""Serializers of pictures and documents."""

from rest_framework import serializers

from media.models import Document, DocumentVersion, Image
from media.renditions import FORMATS, RATIO
from website.api.fields import PageUrlField
from website.api.serializers import HidingSerializer, TranslatedSerializer


class RenditionSerializer(serializers.Serializer):
    """One file of an image."""

    url = serializers.URLField()
    type = serializers.CharField(help_text="Media type, such as image/avif.")
    width = serializers.IntegerField(help_text="In pixels.")
    height = serializers.IntegerField(help_text="In pixels.")


class ImageSerializer(TranslatedSerializer):
    """An image in several sizes and formats, with its alternative text, credit and licence."""

    title_field = "alt_text"

    renditions = serializers.SerializerMethodField()

    class Meta:
        model = Image
        fields = (
            "content_language",
            "alt_text",
            "is_decorative",
            "credit",
            "licence",
            "renditions",
        )

    def get_renditions(self, image) -> RenditionSerializer(many=True):
        return [self._rendition(image, name) for name in FORMATS]

    def _rendition(self, image, name):
        kind, width = name.split("_")
        return {
            "url": self.context["request"].build_absolute_uri(getattr(image.file, name)),
            "type": f"image/{kind}",
            "width": int(width),
            "height": round(int(width) / RATIO),
        }


class DocumentVersionSerializer(TranslatedSerializer):
    """One version of a document's file."""

    title_field = "note"

    url = PageUrlField(help_text="Address of this version of the file.")
    extension = serializers.CharField(help_text="File extension, such as PDF.")

    class Meta:
        model = DocumentVersion
        fields = (
            "number",
            "url",
            "extension",
            "size",
            "content_language",
            "note",
            "created_at",
        )
        extra_kwargs = {"size": {"help_text": "In bytes."}}


class DocumentSerializer(HidingSerializer):
    """A published document, with all versions of its file."""

    url = PageUrlField(help_text="Address that always leads to the newest version.")
    versions = DocumentVersionSerializer(many=True, help_text="Newest first.")

    class Meta(HidingSerializer.Meta):
        model = Document
        fields = (
            "url",
            "content_language",
            "title",
            "language",
            "available_at",
            "versions",
        )

    def is_visible(self, document):
        return document.is_available and document.current is not None
