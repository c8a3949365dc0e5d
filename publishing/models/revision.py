"""Append-only revision history of all items."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _


class Immutable(Exception):
    """Raised on an attempt to change or delete a revision."""


class RevisionQuerySet(models.QuerySet):
    def of(self, item):
        """Return the revisions of one item, newest first."""
        return self.of_type(type(item)).filter(object_id=item.pk).order_by("-number")

    def of_type(self, model):
        return self.filter(content_type=ContentType.objects.get_for_model(model))

    def published(self):
        return self.filter(kind=Revision.Kind.PUBLISHED)

    def drafts(self):
        return self.filter(kind=Revision.Kind.DRAFT)

    def from_drafts(self):
        """Return the revisions that published or discarded a draft, their `source`."""
        return self.filter(source__kind=Revision.Kind.DRAFT)

    def not_undone(self):
        """Exclude undone revisions; only an undo has a published revision as its source."""
        undos = self.model._default_manager.filter(source=OuterRef("pk"))
        return self.filter(~Exists(undos))

    def live(self, item, before=None):
        """Return the public revision of an item, or None; with `before`, as of that number."""
        shown = self.of(item).filter(
            kind__in=[Revision.Kind.PUBLISHED, Revision.Kind.UNPUBLISHED]
        )
        newest = shown.filter(number__lt=before).first() if before else shown.first()
        return newest if newest and newest.kind == Revision.Kind.PUBLISHED else None

    def citable(self, item):
        """Return the published revisions of an item, newest first, without their content.

        Undone revisions are excluded.
        """
        return self.of(item).published().not_undone().defer("data", "new_ids")

    def open_draft(self, item):
        """Return the newest draft that was neither published nor discarded, or None."""
        newest = self.of(item).drafts().first()
        is_settled = newest and self.filter(source=newest).exists()
        return None if is_settled else newest

    def update(self, **kwargs):
        raise Immutable

    def delete(self):
        raise Immutable


class Revision(models.Model):
    """One event in an item's history, with a snapshot of the item after it. Immutable."""

    class Kind(models.TextChoices):
        DRAFT = "draft", _("Draft saved")
        PUBLISHED = "published", _("Published")
        UNPUBLISHED = "unpublished", _("Unpublished")
        DISCARDED = "discarded", _("Draft discarded")
        DELETED = "deleted", _("Deleted")

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    number = models.PositiveIntegerField(_("version"))
    kind = models.CharField(_("what happened"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=200, blank=True)
    #: Snapshot; see `publishing.revisions`.
    data = models.JSONField(_("content"))
    #: {relation: {id in the source's snapshot: pk of the published row}}
    new_ids = models.JSONField(default=dict)
    base = models.ForeignKey(
        "self",
        verbose_name=_("started from"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("For a draft: the version that was public when the draft was started."),
    )
    #: For an undo: the published revision that was undone.
    source = models.ForeignKey(
        "self",
        verbose_name=_("draft"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("The draft that was published or discarded. Earlier drafts are closed."),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    created_at = models.DateTimeField(_("date and time"), auto_now_add=True)
    reason = models.CharField(
        _("reason"), max_length=300, blank=True, help_text=_("For staff only.")
    )
    change_note = models.CharField(
        _("change note"),
        max_length=300,
        blank=True,
        help_text=_(
            "Readers see this note. Say what has changed, for example “Deadline extended”."
        ),
    )

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "number"],
                name="publishing_revision_number_is_unique",
            )
        ]
        indexes = [
            models.Index(
                fields=["content_type", "object_id", "kind", "-number"],
                name="publishing_revision_of_kind",
            ),
            models.Index(
                fields=["-created_at"],
                condition=Q(kind="published"),
                name="publishing_revision_published",
            ),
        ]

    def __str__(self):
        return f"{self.title} – {self.number}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise Immutable
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise Immutable

    @property
    def undone(self):
        """Published revision that this one undid, or None."""
        is_undo = self.source and self.source.kind == self.Kind.PUBLISHED
        return self.source if is_undo else None
