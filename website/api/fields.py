"""API fields shared by all types: URLs, languages, money and instants."""

from operator import attrgetter
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from localisation.languages import language_shown, portal_languages, text_in
from publishing.references import with_current_links


class InstantField(serializers.DateTimeField):
    """An instant, serialised in UTC."""

    def __init__(self, **kwargs):
        super().__init__(default_timezone=ZoneInfo("UTC"), **kwargs)


class BlankAsNull:
    """Mixin that serialises an empty string as null."""

    def __init__(self, allow_blank=False, **kwargs):
        super().__init__(allow_null=allow_blank, **kwargs)

    def to_representation(self, value):
        return super().to_representation(value) if value else None


class UrlField(BlankAsNull, serializers.URLField):
    pass


class EmailField(BlankAsNull, serializers.EmailField):
    pass


class RichTextField(serializers.CharField):
    """HTML in which links to portal items are absolute, current URLs."""

    def get_attribute(self, instance):
        html = super().get_attribute(instance)
        base = self.context["request"].build_absolute_uri("/").removesuffix("/")
        return html and with_current_links(html, instance, base)


class ComputedField(serializers.ReadOnlyField):
    """Base of read-only fields computed from the whole object."""

    def __init__(self, **kwargs):
        super().__init__(source="*", **kwargs)


@extend_schema_field({"type": "string", "format": "date-time", "nullable": True})
class LocalInstantField(ComputedField):
    """An instant in the time zone it was announced in; `instant` names the model field."""

    def __init__(self, instant, **kwargs):
        self.instant = instant
        super().__init__(
            help_text="ISO 8601, with the UTC offset of `timezone` at that time.", **kwargs
        )

    def to_representation(self, item):
        instant = getattr(item, self.instant)
        return instant and instant.astimezone(ZoneInfo(item.timezone)).isoformat()


@extend_schema_field(OpenApiTypes.URI)
class PageUrlField(ComputedField):
    """Absolute URL of the item's page, in the language of the response."""

    def to_representation(self, item):
        return self.context["request"].build_absolute_uri(item.get_absolute_url())


@extend_schema_field(OpenApiTypes.URI)
class ApiUrlField(ComputedField):
    """Absolute URL of the item in this API (`api:<model>-detail`)."""

    def to_representation(self, item):
        name = f"api:{item._meta.model_name}-detail"
        return reverse(name, args=[item.pk], request=self.context["request"])


def _language_schema(**schema):
    return {"type": "string", "example": "en"} | schema


@extend_schema_field(_language_schema(nullable=True, description="Language of the texts."))
class ContentLanguageField(ComputedField):
    """Language code in which the item's title is shown; null for an item without text."""

    def to_representation(self, item):
        return language_shown(item, self.parent.title_field)


@extend_schema_field(
    {
        "type": "array",
        "items": _language_schema(),
        "description": "Languages that the item is translated into.",
    }
)
class LanguagesField(ComputedField):
    def to_representation(self, item):
        field = self.parent.title_field
        return [code for code in portal_languages() if text_in(item, field, code)]


@extend_schema_field(
    {
        "type": "object",
        "additionalProperties": _language_schema(),
        "description": "Texts that are shown in another language than `content_language`, "
        "because they are not translated: name of the field and language.",
        "example": {"body": "en"},
    }
)
class FallbacksField(ComputedField):
    def to_representation(self, item):
        shown = {name: language_shown(item, name) for name in self.parent.translated_fields()}
        usual = shown.get(self.parent.title_field) or get_language()
        return {name: code for name, code in shown.items() if code not in (None, usual)}


class MoneySerializer(serializers.Serializer):
    """An amount to the cent, with its ISO 4217 currency."""

    amount = serializers.DecimalField(max_digits=15, decimal_places=2)
    currency = serializers.CharField()
    is_approximate = serializers.BooleanField()


@extend_schema_field(MoneySerializer(allow_null=True))
class MoneyField(ComputedField):
    """An amount with its currency, or null.

    The amount comes from the field of the same name, the currency from `<name>_currency` and
    the flag from `<name>_is_approximate`, if it exists. `currency` overrides the currency's
    attribute path.
    """

    def __init__(self, currency=None, **kwargs):
        self.currency = currency
        super().__init__(**kwargs)

    def to_representation(self, item):
        amount = getattr(item, self.field_name)
        if amount is None:
            return None
        return {
            "amount": f"{amount:.2f}",
            "currency": attrgetter(self.currency or f"{self.field_name}_currency")(item),
            "is_approximate": getattr(item, f"{self.field_name}_is_approximate", False),
        }
