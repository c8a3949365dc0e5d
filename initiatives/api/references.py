"""Serializers of references to initiatives, organisations and regions."""

from initiatives.models import Initiative, Organisation, Region
from website.api import PublishedReferenceSerializer, ReferenceSerializer, TranslatedSerializer


class OrganisationReferenceSerializer(ReferenceSerializer):
    """Short reference to an organisation."""

    title_field = "name"

    class Meta(ReferenceSerializer.Meta):
        model = Organisation
        fields = (*ReferenceSerializer.Meta.fields, "name", "acronym", "country", "ror_id")


class InitiativeReferenceSerializer(PublishedReferenceSerializer):
    """Short reference to an initiative."""

    class Meta(PublishedReferenceSerializer.Meta):
        model = Initiative
        fields = (*PublishedReferenceSerializer.Meta.fields, "acronym", "kind")


class RegionSerializer(TranslatedSerializer):
    """A European statistical region. `code` is its NUTS code."""

    title_field = "name"

    class Meta:
        model = Region
        fields = ("code", "content_language", "name")
