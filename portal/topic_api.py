from django.utils.translation import gettext_lazy as _

from lists.filters import PortalFilterSet, SlugsFilter, SortFilter
from publishing.models import Topic
from website.api import ImageSerializer, TopicReferenceSerializer, TranslatedSerializer
from website.api.fields import ApiUrlField, FallbacksField, LanguagesField, PageUrlField
from website.api.views import ReadOnlyViewSet


class TopicFilter(PortalFilterSet):
    parent = SlugsFilter(
        field_name="parent", label=_("Broader topic"), queryset=Topic.objects.all()
    )
    sort = SortFilter({"name": (_("Name"), ("name", "pk"))})

    class Meta:
        model = Topic
        fields = []


class TopicSummarySerializer(TranslatedSerializer):
    """A topic in a list."""

    title_field = "name"

    url = PageUrlField()
    api_url = ApiUrlField()
    languages = LanguagesField()
    fallbacks = FallbacksField()
    parent = TopicReferenceSerializer(allow_null=True, help_text="The broader topic.")
    lead_image = ImageSerializer(allow_null=True)

    class Meta:
        model = Topic
        fields = (
            "id",
            "slug",
            "url",
            "api_url",
            "languages",
            "content_language",
            "fallbacks",
            "name",
            "parent",
            "lead_image",
            "updated_at",
        )


class TopicSerializer(TopicSummarySerializer):
    """A topic with its introduction and its narrower topics."""

    children = TopicReferenceSerializer(many=True, help_text="The narrower topics.")

    class Meta(TopicSummarySerializer.Meta):
        fields = (*TopicSummarySerializer.Meta.fields, "introduction", "children")


class TopicViewSet(ReadOnlyViewSet):
    """The portal's topics, in at most three levels."""

    queryset = Topic.objects.select_related("parent", "lead_image")
    summary_serializer = TopicSummarySerializer
    detail_serializer = TopicSerializer
    filterset_class = TopicFilter
    detail_relations = ("children",)
