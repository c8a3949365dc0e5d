"""Delivery queue: one row per mail and recipient, which survives a crash."""

from email.utils import parseaddr

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from newsletter.models.edition import Edition, EditionVariant


class DeliveryQuerySet(models.QuerySet):
    def due(self, now=None):
        """Return the deliveries that may be sent now, the most urgent first.

        Mails of an edition that is not being sent are left out.
        """
        waiting = self.filter(
            state__in=Delivery.WAITING, next_attempt_at__lte=now or timezone.now()
        )
        running = Edition.objects.filter(state=Edition.State.SENDING).values("pk")
        return waiting.filter(Q(edition=None) | Q(edition__in=running)).order_by(
            "priority", "pk"
        )

    def settled(self):
        """Return the deliveries that need no further attempt."""
        return self.filter(state__in=Delivery.SETTLED)

    def enqueue(self, *, key, subscriber, priority, mail=None, renderer="", data=None):
        """Enqueue a personal mail and return its Delivery.

        Call it in the transaction that causes the mail. It is idempotent: if a delivery with
        `key` exists, that one is returned and nothing else is sent. Pass either `mail`, a
        complete EmailMessage, or the name of a `renderer` with its JSON `data`, which builds
        the mail when it is sent: see newsletter.delivery.mails.
        """
        row, is_new = self.get_or_create(
            dedupe_key=key,
            defaults={
                "subscriber": subscriber,
                "priority": priority,
                "renderer": renderer,
                "data": data or {},
            },
        )
        if is_new and mail is not None:
            mail.extra_headers["Message-ID"] = f"<{row.message_id}>"
            row.mail = mail.message().as_bytes(linesep="\r\n")
            row.save(update_fields=["mail"])
        return row


class Delivery(models.Model):
    """One mail to one person.

    The address is read from the subscriber when the mail is sent, and not stored here.
    """

    class Priority(models.IntegerChoices):
        CONFIRMATION = 0, _("Confirmation")
        ALERT = 1, _("Alert")
        DIGEST = 2, _("Digest")
        EDITION = 3, _("Edition")

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting")
        CLAIMED = "claimed", _("About to be sent")
        SENDING = "sending", _("Being sent")
        RETRY = "retry", _("Will be retried")
        SENT = "sent", _("Sent")
        DELIVERED = "delivered", _("Delivered")
        BOUNCED = "bounced", _("Returned")
        COMPLAINED = "complained", _("Reported as spam")
        FAILED = "failed", _("Failed")
        SKIPPED = "skipped", _("Skipped")
        UNKNOWN = "unknown", _("Perhaps sent")

    class Reason(models.TextChoices):
        """Reason for skipping a recipient."""

        SUPPRESSED = "suppressed", _("E-mails to this address are blocked")
        UNSUBSCRIBED = "unsubscribed", _("Unsubscribed in the meantime")
        PAUSED = "paused", _("Paused in the meantime")
        ERASED = "erased", _("Erased in the meantime")
        CANCELLED = "cancelled", _("The edition was cancelled")
        UNUSABLE = "unusable", _("The e-mail could not be created")

    WAITING = (State.PENDING, State.RETRY)
    LEASED = (State.CLAIMED, State.SENDING)
    ACCEPTED = (State.SENT, State.DELIVERED, State.BOUNCED, State.COMPLAINED)
    SETTLED = (*ACCEPTED, State.FAILED, State.SKIPPED, State.UNKNOWN)

    dedupe_key = models.CharField(max_length=200, unique=True)
    priority = models.PositiveSmallIntegerField(_("kind"), choices=Priority.choices)
    subscriber = models.ForeignKey(
        "newsletter.Subscriber",
        verbose_name=_("subscriber"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="deliveries",
    )
    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, null=True, related_name="deliveries"
    )
    #: Content: bytes shared by many mails, own bytes, or a renderer's name and data.
    variant = models.ForeignKey(EditionVariant, on_delete=models.CASCADE, null=True)
    mail = models.BinaryField(null=True)
    renderer = models.CharField(max_length=40, blank=True)
    data = models.JSONField(default=dict)
    #: Without angle brackets; the same for each attempt, so that duplicates can be detected.
    message_id = models.CharField(max_length=255, unique=True)

    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PENDING
    )
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices, blank=True)
    lease_owner = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempt = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    settled_at = models.DateTimeField(_("completed"), null=True)
    smtp_code = models.PositiveSmallIntegerField(null=True)
    enhanced_code = models.CharField(max_length=12, blank=True)
    answer = models.CharField(_("last answer"), max_length=500, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=("claimed", "sending")) | ~Q(lease_owner=""),
                name="newsletter_delivery_held_has_an_owner",
            )
        ]
        indexes = [
            models.Index(
                fields=["priority", "id"],
                condition=Q(state__in=("pending", "retry")),
                name="newsletter_delivery_waiting",
            ),
            models.Index(
                fields=["lease_until"],
                condition=Q(state__in=("claimed", "sending")),
                name="newsletter_delivery_held",
            ),
        ]

    def __str__(self):
        return self.dedupe_key

    def save(self, *args, **kwargs):
        self.message_id = self.message_id or message_id(self.dedupe_key)
        super().save(*args, **kwargs)


def message_id(key):
    """Return the Message-ID of the mail with this key, without angle brackets.

    It cannot be guessed: bounce reports are trusted because they quote it.
    """
    digest = salted_hmac("newsletter.message_id", key, algorithm="sha256").hexdigest()[:40]
    return f"{digest}@{_domain()}"


def _domain():
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return domain or "localhost"


class BounceEvent(models.Model):
    """Report on a delivery from a mail service or a returned mail, stored once."""

    class Kind(models.TextChoices):
        DELIVERED = "delivered", _("Delivered")
        HARD = "hard", _("Permanently undeliverable")
        SOFT = "soft", _("Temporarily undeliverable")
        COMPLAINT = "complaint", _("Reported as spam")

    #: The mail service's id of the report, or a hash of the returned mail.
    report = models.CharField(max_length=200, unique=True)
    delivery = models.ForeignKey(
        Delivery, on_delete=models.CASCADE, related_name="bounce_events"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("report of a mail server")
        verbose_name_plural = _("reports of mail servers")
        ordering = ["-pk"]
        default_permissions = ("view",)

    def __str__(self):
        return self.get_kind_display()
