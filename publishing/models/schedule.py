"""Scheduled publication and bundles."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from localisation import formats
from localisation.fields import TimeZoneField
from publishing.models.revision import Revision


class Bundle(models.Model):
    """Items that are published together, in one transaction."""

    title = models.CharField(_("title"), max_length=200, help_text=_("For staff only."))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)

    class Meta:
        verbose_name = _("bundle")
        verbose_name_plural = _("bundles")
        ordering = ["-created_at"]

    def __str__(self):
        return self.title


class BundleItem(models.Model):
    """An item of a bundle, with the revision to publish when scheduled.

    The revision is a draft, or the public one if there was no draft.
    """

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="items")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey()
    revision = models.ForeignKey(
        Revision, verbose_name=_("version"), on_delete=models.PROTECT, null=True
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bundle", "content_type", "object_id"],
                name="publishing_bundleitem_is_in_a_bundle_once",
            )
        ]

    def __str__(self):
        return str(self.item)


class ScheduleQuerySet(models.QuerySet):
    def of(self, item):
        """Return the schedules of one item, earliest first."""
        kind = ContentType.objects.get_for_model(type(item))
        return self.filter(content_type=kind, object_id=item.pk)

    def waiting(self):
        return self.filter(done_at=None, cancelled_at=None)

    def failed(self):
        """Return the schedules whose last attempt failed; they will be retried."""
        return self.waiting().exclude(problem="")

    def due(self, now):
        return self.waiting().filter(next_try_at__lte=now)


class Schedule(models.Model):
    """Scheduled publication or unpublication of an item or a bundle.

    It is pending until done or cancelled; a failed attempt is retried.
    """

    class Action(models.TextChoices):
        PUBLISH = "publish", _("Publish")
        UNPUBLISH = "unpublish", _("Unpublish")

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, null=True)
    object_id = models.PositiveBigIntegerField(null=True)
    item = GenericForeignKey()
    bundle = models.ForeignKey(
        Bundle, on_delete=models.CASCADE, null=True, related_name="schedules"
    )
    action = models.CharField(
        _("what happens"), max_length=10, choices=Action.choices, default=Action.PUBLISH
    )
    revision = models.ForeignKey(
        Revision,
        verbose_name=_("version"),
        on_delete=models.PROTECT,
        null=True,
        related_name="schedules",
        help_text=_("The draft that will be published."),
    )
    at = models.DateTimeField(_("date and time"))
    timezone = TimeZoneField()
    reason = models.CharField(
        _("reason"), max_length=300, blank=True, help_text=_("For staff only.")
    )
    #: {language code: change note for readers}
    change_note = models.JSONField(_("change note"), default=dict, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("scheduled by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    next_try_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    #: Error of the last attempt.
    problem = models.TextField(_("problem"), blank=True)
    done_at = models.DateTimeField(_("done"), null=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")
        ordering = ["at", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(bundle=None) ^ Q(object_id=None),
                name="publishing_schedule_is_of_an_item_or_a_bundle",
            )
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(done_at=None, cancelled_at=None),
                name="publishing_schedule_waiting",
            ),
            models.Index(fields=["content_type", "object_id"], name="publishing_schedule_of"),
        ]

    def __str__(self):
        return formats.named(self.get_action_display(), self.bundle or self.item)

    @property
    def is_waiting(self):
        return self.done_at is None and self.cancelled_at is None
