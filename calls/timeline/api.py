"""API serializers of a call's timeline, deadline changes and change history."""

from rest_framework import serializers

from calls.models import KeyDate
from calls.timeline.change_history import change_history_of
from calls.timeline.deadline_changes import deadline_changes_of
from calls.timeline.steps import ACTIONS, NATIONAL, timeline_steps
from localisation.languages import language_shown
from website.api import InstantField, LocalInstantField, ModelSerializer

KINDS = [*ACTIONS, NATIONAL]


class InstantSerializer(ModelSerializer):
    """A deadline in UTC and in its own time zone."""

    local_at = LocalInstantField("at")
    local_ends_at = LocalInstantField("ends_at")

    class Meta:
        model = KeyDate
        fields = (
            "at",
            "ends_at",
            "timezone",
            "local_at",
            "local_ends_at",
            "certainty",
            "precision",
        )


class StepSerializer(serializers.Serializer):
    """An action of the applicant."""

    key = serializers.CharField(help_text="Never changes; the same as in the calendar file.")
    kind = serializers.ChoiceField(choices=KINDS)
    label = serializers.CharField()
    until = InstantSerializer(
        source="date",
        allow_null=True,
        help_text="null if the step has no date; it comes before the next step that has one.",
    )
    url = serializers.SerializerMethodField()
    funder = serializers.SerializerMethodField()
    text = serializers.SerializerMethodField()

    def get_url(self, step) -> serializers.URLField(allow_null=True):
        return step.url or None

    def get_funder(self, step) -> serializers.CharField(allow_null=True):
        """Name of the funder whose applicants have to do it; null for all applicants."""
        return step.offer and step.offer.organisation.name

    def get_text(self, step) -> serializers.CharField():
        return step.text


class VersionedChangeSerializer(serializers.Serializer):
    """Base of serializers with the published version of a change.

    Their objects have a `revision`.
    """

    published_at = serializers.SerializerMethodField()
    change_note = serializers.SerializerMethodField()
    content_language = serializers.SerializerMethodField()
    version = serializers.SerializerMethodField()

    def get_published_at(self, change) -> InstantField():
        return InstantField().to_representation(change.revision.created_at)

    def get_change_note(self, change) -> serializers.CharField():
        """Reason given by staff; may be empty."""
        return change.revision.change_note

    def get_content_language(self, change) -> serializers.CharField(allow_null=True):
        """Language of the note."""
        return language_shown(change.revision, "change_note")

    def get_version(self, change) -> serializers.IntegerField():
        """Number of the published version."""
        return change.revision.number


class MoveSerializer(VersionedChangeSerializer):
    """A deadline that was moved after it was published."""

    kind = serializers.ChoiceField(choices=KeyDate.DEADLINES, source="new.kind")
    old = InstantSerializer()
    new = InstantSerializer()


class ChangeSerializer(serializers.Serializer):
    """A changed field, described as text."""

    field = serializers.SerializerMethodField()
    label = serializers.CharField()
    row = serializers.CharField(help_text="Name of the changed row; usually empty.")
    old = serializers.CharField(
        help_text="Empty if the value is new. Names of contacts are left out."
    )
    new = serializers.CharField()

    def get_field(self, change) -> serializers.CharField():
        """Name of the field, or of the rows and their field: `offers.amount`."""
        part, name, *row = change.path
        return f"{name}.{row[1]}" if part == "rows" and len(row) > 1 else name


class EntrySerializer(VersionedChangeSerializer):
    """Changes of one published version."""

    changes = ChangeSerializer(many=True)


class TimelineSerializer(serializers.Serializer):
    """Mixin that adds timeline, deadline changes and history to the serializer of a call."""

    plan = serializers.SerializerMethodField()
    deadline_moves = serializers.SerializerMethodField()
    changes = serializers.SerializerMethodField()

    def get_plan(self, call) -> StepSerializer(many=True):
        """Actions of the applicant, in order; also at `plan.ics` below the page of the call."""
        return StepSerializer(timeline_steps(call), many=True).data

    def get_deadline_moves(self, call) -> MoveSerializer(many=True):
        """Deadlines that were moved after they were published, newest move first."""
        by_deadline = deadline_changes_of(call).values()
        changes = [change for changes in by_deadline for change in changes]
        changes.sort(key=lambda change: -change.revision.number)
        return MoveSerializer(changes, many=True).data

    def get_changes(self, call) -> EntrySerializer(many=True):
        """Public fields that changed since the call was published, newest version first."""
        return EntrySerializer(change_history_of(call), many=True).data
