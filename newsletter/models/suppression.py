"""Suppressed addresses, stored only as keyed hashes, also after an erasure."""

from django.conf import settings
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

SALT = "newsletter.suppression"


def address_hash(email, key=None):
    """Return the keyed hash of an address.

    Without the portal's secret key nobody can recover the address or test candidates.
    """
    return salted_hmac(SALT, email, secret=key, algorithm="sha256").hexdigest()


def address_hashes(email):
    """Return the hashes by each known secret key, the current one first."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [address_hash(email, key) for key in keys]


class SuppressionQuerySet(models.QuerySet):
    def of(self, email):
        """Return the suppressions of a normalised address: one or none."""
        return self.filter(address_hash__in=address_hashes(email))

    def is_suppressed(self, email):
        return self.of(email).exists()

    def suppress(self, email, reason, note=""):
        """Suppress a normalised address and return the row; an existing reason is kept."""
        defaults = {"reason": reason, "note": note}
        return self.get_or_create(address_hash=address_hash(email), defaults=defaults)[0]


class Suppression(models.Model):
    class Reason(models.TextChoices):
        BOUNCED = "bounced", _("The mailbox does not exist")
        COMPLAINED = "complained", _("Our e-mail was reported as spam")
        REQUESTED = (
            "requested",
            _("The owner wants no e-mails, even if someone signs up with this address"),
        )
        STAFF = "staff", _("Added by staff")

    address_hash = models.CharField(_("hash of the address"), max_length=64, unique=True)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    note = models.CharField(
        _("note"), max_length=200, blank=True, help_text=_("The reason, without personal data.")
    )
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        verbose_name = _("blocked address")
        verbose_name_plural = _("blocked addresses")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.address_hash[:12]
