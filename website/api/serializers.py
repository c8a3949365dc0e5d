"""Base serializers with the API's conventions.

Relations never expose drafts or documents that are not yet available: single references become
null, and rows of lists are omitted.
"""

from django.db import models
from modeltranslation.translator import translator
from rest_framework import serializers

from localisation.fields import CountryField, CurrencyField, LanguageField, TimeZoneField
from publishing.richtext import fields as richtext
from website.api.fields import (
    ApiUrlField,
    ContentLanguageField,
    EmailField,
    InstantField,
    PageUrlField,
    RichTextField,
    UrlField,
)

#: Fields with hundreds of standard choices, which the schema does not list.
CODES = (CountryField, CurrencyField, LanguageField, TimeZoneField)
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
