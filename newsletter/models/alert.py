"""Runs of alerts, and the items that subscribers have muted."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from newsletter.models.subscriber import Subscriber


class DigestRun(models.Model):
    """One run of alerts, for everything that happened from `since` on and before `until`.

    Each run begins where the previous one of its kind ended, so that nothing is sent twice or
    left out, no matter when and by which worker it is processed.
    """

    class Kind(models.TextChoices):
        AT_ONCE = "at_once", _("Immediately")
        MORNING = "morning", _("Each morning")

    kind = models.CharField(_("pace"), max_length=8, choices=Kind.choices)
    since = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"))
    #: Start of the period of weekly alerts; None if this run does not include them.
    week_since = models.DateTimeField(null=True)
    #: Primary key of the last subscriber whose mail has been enqueued.
    last_subscriber = models.PositiveBigIntegerField(default=0)
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        verbose_name = _("round of alerts")
        verbose_name_plural = _("rounds of alerts")
        ordering = ["-until"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "until"], name="newsletter_digestrun_ends_once"
            ),
            models.UniqueConstraint(
                fields=["kind", "since"], name="newsletter_digestrun_begins_once"
            ),
            models.CheckConstraint(
                name="newsletter_digestrun_ends_after_it_begins",
                condition=Q(until__gt=F("since")),
            ),
        ]

    def __str__(self):
        return f"{self.kind}: {self.until:%Y-%m-%d %H:%M}"


class Mute(models.Model):
    """Item that a subscriber wants no more alerts about."""

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="mutes")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey("content_type", "object_id")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("muted item")
        verbose_name_plural = _("muted items")
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "content_type", "object_id"],
                name="newsletter_mute_is_unique",
            )
        ]

    def __str__(self):
        return f"{self.content_type_id}/{self.object_id}"
