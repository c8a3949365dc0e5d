"""Editions of the newsletter: content, audience and state."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from localisation.fields import LanguageField, TimeZoneField
from publishing.models import Bundle, FeedFields, Row, Topic


def portal_languages_of_readers():
    return [code for code, _name in settings.LANGUAGES]


class EditionQuerySet(models.QuerySet):
    def public(self):
        """Return the editions that have a public page: those whose sending has started."""
        return self.exclude(started_at=None)

    def published(self):
        """Return the editions that the archive and its feed list."""
        return self.filter(state=Edition.State.SENT)

    def for_feed(self):
        """Include all that an entry of a feed shows."""
        return self


class Edition(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        REVIEW = "review", _("In review")
        APPROVED = "approved", _("Approved")
        FROZEN = "frozen", _("Ready to send")
        SENDING = "sending", _("Sending")
        PAUSED = "paused", _("Paused")
        SENT = "sent", _("Sent")
        CANCELLED = "cancelled", _("Cancelled")

    #: state -> states that may follow it
    TRANSITIONS = {
        State.DRAFT: {State.REVIEW, State.APPROVED},
        State.REVIEW: {State.DRAFT, State.APPROVED},
        State.APPROVED: {State.DRAFT, State.FROZEN},
        State.FROZEN: {State.SENDING, State.CANCELLED},
        State.SENDING: {State.PAUSED, State.SENT, State.CANCELLED},
        State.PAUSED: {State.SENDING, State.CANCELLED},
        State.SENT: set(),
        State.CANCELLED: set(),
    }
    #: States in which the edition can be edited.
    OPEN = (State.DRAFT, State.REVIEW)

    feed = FeedFields(
        title="subject",
        summary="introduction",
        image="",
        topics="",
        published_at="started_at",
        written_at="finished_at",
    )

    subject = models.CharField(
        _("subject"),
        max_length=150,
        help_text=_("Ideally under 60 characters: phones do not show more."),
    )
    introduction = models.TextField(
        _("introduction"),
        max_length=4000,
        blank=True,
        help_text=_("Shown above the items. Leave an empty line to start a new paragraph."),
    )
    languages = models.JSONField(_("languages"), default=portal_languages_of_readers)
    topics = models.ManyToManyField(
        Topic,
        verbose_name=_("topics"),
        blank=True,
        help_text=_(
            "Send only to subscribers who chose one of these topics, or no topic. Leave empty "
            "to send to all subscribers."
        ),
    )
    is_at_most_once = models.BooleanField(
        _("do not send again in case of doubt"),
        default=False,
        help_text=_(
            "If the connection breaks at the very end of an e-mail, the portal cannot know "
            "whether it has arrived. It sends the e-mail again, unless you select this."
        ),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.DRAFT, editable=False
    )
    #: Reason for an automatic pause, or for a failed scheduled start.
    problem = models.TextField(_("problem"), blank=True, editable=False)
    send_at = models.DateTimeField(_("date and time"), null=True, blank=True, editable=False)
    timezone = TimeZoneField(editable=False)
    bundle = models.ForeignKey(
        Bundle,
        verbose_name=_("bundle"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("approved by"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    frozen_at = models.DateTimeField(null=True, editable=False)
    #: Number of recipients at the time of freezing.
    recipients = models.PositiveIntegerField(default=0, editable=False)
    started_at = models.DateTimeField(_("sending began"), null=True, editable=False)
    finished_at = models.DateTimeField(_("sent"), null=True, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-created_at", "-pk"]
        default_permissions = ("add", "change", "delete", "view", "send")
        indexes = [
            models.Index(fields=["state", "-started_at"], name="newsletter_edition_state")
        ]

    def __str__(self):
        return self.subject

    def get_absolute_url(self):
        return reverse("newsletter:edition", args=[self.pk])

    def can_become(self, state):
        return state in self.TRANSITIONS[self.State(self.state)]

    @property
    def is_open(self):
        """True while the edition can be edited."""
        return self.state in self.OPEN


class EditionItem(Row):
    """Published item in an edition, with its texts as of freezing."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="items")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, editable=False)
    object_id = models.PositiveBigIntegerField(editable=False)
    item = GenericForeignKey()
    #: {language: dict of newsletter.editions.content.item_texts()}
    frozen = models.JSONField(default=dict, editable=False)

    class Meta(Row.Meta):
        verbose_name = _("item")
        verbose_name_plural = _("items")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "content_type", "object_id"],
                name="newsletter_editionitem_is_in_an_edition_once",
            )
        ]

    def __str__(self):
        return str(self.item or "")


class EditionVariant(models.Model):
    """Mail of an edition in one language, with placeholders for personal values."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="variants")
    language = LanguageField()
    mail = models.BinaryField()
    #: SHA-256 of the mail, in hexadecimal.
    digest = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "language"], name="newsletter_editionvariant_one_a_language"
            ),
            models.CheckConstraint(
                condition=~Q(digest=""), name="newsletter_editionvariant_has_a_digest"
            ),
        ]

    def __str__(self):
        return f"{self.edition} ({self.language})"
