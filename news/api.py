"""API serializers and viewsets of news and events."""

from rest_framework import serializers

from calls.api import CallReferenceSerializer, ProjectReferenceSerializer
from initiatives.api import InitiativeReferenceSerializer
from news.filters import ArticleFilter, EventFilter
from news.models import Article, ArticleLink, Event
from website.api import (
    DocumentSerializer,
    LinkSerializer,
    LocalInstantField,
    PublishableSummarySerializer,
    VersionedSerializer,
)
from website.api.views import PublishableViewSet

RELATED = ("initiatives", "calls", "projects")


class ArticleLinkSerializer(LinkSerializer):
    """A link to another site; `language` is the language of the linked page."""

    class Meta(LinkSerializer.Meta):
        model = ArticleLink


class ArticleSummarySerializer(PublishableSummarySerializer):
    """An article as shown in lists."""

    class Meta(PublishableSummarySerializer.Meta):
        model = Article
        fields = (*PublishableSummarySerializer.Meta.fields, "kind", "published_on")


class ArticleSerializer(VersionedSerializer, ArticleSummarySerializer):
    """An article with its text and related items."""

    links = ArticleLinkSerializer(many=True)
    initiatives = InitiativeReferenceSerializer(many=True)
    calls = CallReferenceSerializer(many=True)
    projects = ProjectReferenceSerializer(many=True)

    class Meta(ArticleSummarySerializer.Meta):
        fields = (
            *ArticleSummarySerializer.Meta.fields,
            "versions",
            "body",
            "quote",
            "quote_speaker",
            "quote_function",
            "background",
            "links",
            *RELATED,
        )


class EventSummarySerializer(PublishableSummarySerializer):
    """An event as shown in lists."""

    local_starts_at = LocalInstantField("starts_at")
    local_ends_at = LocalInstantField("ends_at")
    local_registration_deadline_at = LocalInstantField("registration_deadline_at")
    is_registration_open = serializers.BooleanField(
        help_text="Whether registration is currently open."
    )

    class Meta(PublishableSummarySerializer.Meta):
        model = Event
        fields = (
            *PublishableSummarySerializer.Meta.fields,
            "starts_at",
            "ends_at",
            "timezone",
            "is_all_day",
            "local_starts_at",
            "local_ends_at",
            "is_online",
            "online_url",
            "place",
            "address",
            "country",
            "registration_url",
            "registration_deadline_at",
            "local_registration_deadline_at",
            "is_registration_open",
        )


class EventSerializer(VersionedSerializer, EventSummarySerializer):
    """An event with its programme, documents and related items."""

    documents = DocumentSerializer(many=True)
    initiatives = InitiativeReferenceSerializer(many=True)
    calls = CallReferenceSerializer(many=True)
    projects = ProjectReferenceSerializer(many=True)

    class Meta(EventSummarySerializer.Meta):
        fields = (
            *EventSummarySerializer.Meta.fields,
            "versions",
            "body",
            "programme",
            "recording_url",
            "documents",
            *RELATED,
        )


class ArticleViewSet(PublishableViewSet):
    """News, announcements, press releases, features."""

    queryset = Article.objects.all()
    summary_serializer = ArticleSummarySerializer
    detail_serializer = ArticleSerializer
    filterset_class = ArticleFilter


class EventViewSet(PublishableViewSet):
    """Information days, conferences, webinars."""

    queryset = Event.objects.all()
    summary_serializer = EventSummarySerializer
    detail_serializer = EventSerializer
    filterset_class = EventFilter
