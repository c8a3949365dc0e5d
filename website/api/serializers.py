"""Base serializers and serializers of shared models.

Relations never expose drafts or documents that are not yet available: single references become
null, and rows of lists are omitted.
"""

from django.db import models
from modeltranslation.translator import translator
from rest_framework import serializers

from localisation.fields import CountryField, CurrencyField, LanguageField, TimeZoneField
from localisation.languages import language_shown
from media.models import Document, DocumentVersion, Image
from media.renditions import FORMATS, RATIO
from publishing.models import LinkRow, Revision, Topic
from publishing.richtext import fields as richtext
from website.api.fields import (
    ApiUrlField,
    ContentLanguageField,
    EmailField,
    FallbacksField,
    InstantField,
    LanguagesField,
    PageUrlField,
    RichTextField,
    UrlField,
)

#: Fields with hundreds of standard choices, which the schema does not list.
CODES = (CountryField, CurrencyField, LanguageField, TimeZoneField)
#: Maximum number of published versions listed for an item.
MAX_VERSIONS = 50
#: Model field options meant for editors, not for API readers.
FOR_EDITORS = ("help_text", "max_length", "validators")


class ModelSerializer(serializers.ModelSerializer):
    """Base serializer with the API's conventions.

    All fields are always present, instants are in UTC, missing URLs and e-mail addresses are
    null, and codes of countries, currencies, zones and languages are plain strings.
    """

    serializer_field_mapping = serializers.ModelSerializer.serializer_field_mapping | {
        models.DateTimeField: InstantField,
        models.EmailField: EmailField,
        models.URLField: UrlField,
        richtext.RichTextField: RichTextField,
    }

    def get_fields(self):
        fields = super().get_fields()
        for field in fields.values():
            field.read_only = True
        return fields

    def build_standard_field(self, field_name, model_field):
        if isinstance(model_field, CODES):
            return serializers.CharField, {}
        field_class, options = super().build_standard_field(field_name, model_field)
        for name in FOR_EDITORS:
            options.pop(name, None)
        if isinstance(model_field, models.SlugField):
            options.pop("allow_blank", None)  # only in forms: saved slugs are never empty
        return field_class, options


class TranslatedSerializer(ModelSerializer):
    """Serializer of translated content, with the language it is shown in.

    `title_field` is the translated field that determines this language.
    """

    title_field = "title"

    content_language = ContentLanguageField()

    def translated_fields(self):
        """Return the names of the translated fields in the response."""
        translated = translator.get_options_for_model(self.Meta.model).all_fields
        return [name for name in self.fields if name in translated]


class VisibleListSerializer(serializers.ListSerializer):
    """List serializer that omits items for which the child's `is_visible` is false."""

    def to_representation(self, data):
        items = data.all() if isinstance(data, models.Manager) else data
        return super().to_representation([i for i in items if self.child.is_visible(i)])


class HidingSerializer(TranslatedSerializer):
    """Base of serializers whose objects may not be public, as decided by `is_visible`."""

    class Meta:
        list_serializer_class = VisibleListSerializer

    def get_attribute(self, instance):
        item = super().get_attribute(instance)
        return item if item is not None and self.is_visible(item) else None

    def is_visible(self, item):
        raise NotImplementedError


class ReferenceSerializer(TranslatedSerializer):
    """Reference to an object that is always public."""

    url = PageUrlField()
    api_url = ApiUrlField()

    class Meta:
        fields = ("id", "slug", "url", "api_url", "content_language")


class PublishedReferenceSerializer(HidingSerializer, ReferenceSerializer):
    """Reference to a Publishable; null or omitted while it is a draft."""

    class Meta(HidingSerializer.Meta):
        fields = (*ReferenceSerializer.Meta.fields, "title")

    def is_visible(self, item):
        return item.is_published


class TopicReferenceSerializer(ReferenceSerializer):
    """A mention of a topic."""

    title_field = "name"

    class Meta(ReferenceSerializer.Meta):
        model = Topic
        fields = (*ReferenceSerializer.Meta.fields, "name")


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
