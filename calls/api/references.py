"""Serializers of references to calls and projects, and fields of status and stage."""

from rest_framework import serializers

from calls.models import Call, Project
from calls.status import Stage, Status
from website.api import PublishedReferenceSerializer


class StatusField(serializers.ChoiceField):
    """Status of a call at the time of the response."""

    def __init__(self, **kwargs):
        super().__init__(
            choices=Status.choices,
            read_only=True,
            help_text="Current status, calculated from the key dates.",
            **kwargs,
        )


class StageField(serializers.ChoiceField):
    """Stage of a call at the time of the response; null before opening and after the end."""

    def __init__(self, **kwargs):
        super().__init__(
            choices=Stage.choices,
            read_only=True,
            allow_null=True,
            help_text="Current stage; null before the call opens and after it ends.",
            **kwargs,
        )

    def to_representation(self, value):
        return super().to_representation(value) or None


class CallReferenceSerializer(PublishedReferenceSerializer):
    """Short reference to a call."""

    status = StatusField()

    class Meta(PublishedReferenceSerializer.Meta):
        model = Call
        fields = (
            *PublishedReferenceSerializer.Meta.fields,
            "reference",
            "kind",
            "status",
            "closes_at",
        )


class ProjectReferenceSerializer(PublishedReferenceSerializer):
    """Short reference to a project."""

    class Meta(PublishedReferenceSerializer.Meta):
        model = Project
        fields = (*PublishedReferenceSerializer.Meta.fields, "acronym", "grant_number")
