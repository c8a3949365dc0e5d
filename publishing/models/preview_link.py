"""Links that give access to an item's draft without an account."""

import hashlib
import secrets

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.models.revision import Revision


class PreviewLinkQuerySet(models.QuerySet):
    def of(self, item):
        kind = ContentType.objects.get_for_model(type(item))
        return self.filter(content_type=kind, object_id=item.pk)

    def active(self):
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())

    def with_token(self, token):
        """Return the link with this token, active or not, or None."""
        return self.filter(token_hash=digest(token)).select_related("revision").first()

    def make(self, *, item, **fields):
        """Create a link; returns (PreviewLink, token). Only a hash of the token is stored."""
        token = secrets.token_urlsafe(32)
        kind = ContentType.objects.get_for_model(type(item))
        fields |= {"content_type": kind, "object_id": item.pk, "token_hash": digest(token)}
        return self.create(**fields), token


def digest(token):
    # The token has enough entropy; a slow password hash is not needed.
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


class PreviewLink(models.Model):
    """Access to an item's newest draft, or to one revision, until expiry or revocation."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    revision = models.ForeignKey(
        Revision,
        verbose_name=_("version"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    token_hash = models.CharField(max_length=64, unique=True)
    language = models.CharField(_("language"), max_length=10)
    as_on = models.DateTimeField(_("preview date"), null=True)
    note = models.CharField(_("who it is for"), max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    last_used_at = models.DateTimeField(_("last opened"), null=True)
    views = models.PositiveIntegerField(_("opened"), default=0)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        default_permissions = ()
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["content_type", "object_id"], name="publishing_preview_of_item"
            )
        ]

    def __str__(self):
        return self.note or f"{self.created_at:%Y-%m-%d}"

    @property
    def is_active(self):
        return self.revoked_at is None and self.expires_at > timezone.now()

    def item(self):
        """Return the live item, or None if it was deleted."""
        model = self.content_type.model_class()
        return model and model._base_manager.filter(pk=self.object_id).first()

    def record_use(self):
        used = type(self).objects.filter(pk=self.pk)
        used.update(views=F("views") + 1, last_used_at=timezone.now())

    def revoke(self):
        self.revoked_at = timezone.now()
        self.save(update_fields=["revoked_at"])
