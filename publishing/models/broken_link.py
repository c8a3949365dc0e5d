"""Broken links in public items, as of the last check."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class BrokenLink(models.Model):
    """A link in a public text or URL field that could not be reached."""

    class Problem(models.TextChoices):
        GONE = "gone", _("The item was deleted")
        UNPUBLISHED = "unpublished", _("The item isn’t published")
        NOT_FOUND = "not_found", _("This page does not exist on this portal")
        REFUSED = "refused", _("The other site reports that the page does not exist")
        FAILED = "failed", _("The other site reports an error")
        UNREACHABLE = "unreachable", _("The other site does not respond")
        UNUSABLE = "unusable", _("Readers cannot open this address")

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey("content_type", "object_id")
    #: Relation name of the row that has the link; empty for the item's own field.
    rows = models.CharField(max_length=64, blank=True)
    #: Column of the item or row, with language suffix: `body_fr`.
    column = models.CharField(max_length=64)
    address = models.TextField(_("address"))
    problem = models.CharField(_("problem"), max_length=12, choices=Problem.choices)
    #: HTTP status returned by the other site: "404".
    http_status = models.CharField(_("answer"), max_length=3, blank=True)
    is_external = models.BooleanField(_("on another site"))
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        default_permissions = ()
        verbose_name = _("broken link")
        verbose_name_plural = _("broken links")
        ordering = ["-since", "-pk"]
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="publishing_brokenlink_of")
        ]

    def __str__(self):
        return self.address
