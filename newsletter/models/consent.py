"""Append-only log of consent, and the wordings that people agreed to."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsletter.models.subscriber import Subscriber


class AppendOnly(Exception):  # noqa: N818 - says what the table is
    """Attempt to change or delete a consent record.

    Records are deleted only together with their subscriber's row.
    """


class Wording(models.Model):
    """Text that people agreed to, as it was shown in one language."""

    identifier = models.CharField(_("text"), max_length=40)
    language = models.CharField(_("language"), max_length=8)
    text = models.TextField(_("wording"))
    text_hash = models.CharField(_("hash"), max_length=64)
    created_at = models.DateTimeField(_("first shown"), auto_now_add=True)

    class Meta:
        verbose_name = _("wording of consent")
        verbose_name_plural = _("wordings of consent")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["identifier", "language", "text_hash"],
                name="newsletter_wording_is_kept_once",
            )
        ]

    def __str__(self):
        return f"{self.identifier} ({self.language})"


class ConsentQuerySet(models.QuerySet):
    def update(self, **values):
        raise AppendOnly

    def delete(self):
        raise AppendOnly


class ConsentEvent(models.Model):
    """Entry of the consent log.

    It has a hash of the address instead of the address, so that the portal can find the proof
    for a given address even after erasing it.
    """

    class Event(models.TextChoices):
        ASKED = "asked", _("Confirmation requested")
        CONFIRMED = "confirmed", _("Confirmed")
        CHANGED = "changed", _("Choice changed")
        PAUSED = "paused", _("Paused")
        STOPPED = "stopped", _("One subscription ended")
        LEFT = "left", _("Unsubscribed")
        EXPORTED = "exported", _("Own data downloaded")
        ERASED = "erased", _("Erased")
        BOUNCED = "bounced", _("Mailbox unreachable")
        COMPLAINED = "complained", _("Reported as spam")

    subscriber = models.ForeignKey(
        Subscriber,
        verbose_name=_("subscriber"),
        on_delete=models.CASCADE,
        related_name="consent_events",
    )
    address_hash = models.CharField(_("hash of the address"), max_length=64, db_index=True)
    event = models.CharField(_("event"), max_length=10, choices=Event.choices)
    at = models.DateTimeField(_("date and time"), default=timezone.now, db_index=True)
    form_address = models.CharField(
        _("entered via"),
        max_length=200,
        blank=True,
        help_text=_("Address of the page or the API; empty if the portal did this itself."),
    )
    wording_id = models.CharField(_("text agreed to"), max_length=40, blank=True)
    wording_hash = models.CharField(_("hash of the text"), max_length=64, blank=True)
    wording_language = models.CharField(_("language of the text"), max_length=8, blank=True)
    #: `Subscription.purpose()` of each active subscription, such as "calls" or "news health".
    purposes = models.JSONField(_("consent given for"), default=list)
    message_id = models.CharField(_("Message-ID of the e-mail"), max_length=200, blank=True)
    network = models.CharField(
        _("network"),
        max_length=50,
        blank=True,
        help_text=_("The first half of the reader's IP address, where the portal keeps it."),
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent record")
        verbose_name_plural = _("consent records")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.get_event_display()}, {self.at:%Y-%m-%d %H:%M}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnly
