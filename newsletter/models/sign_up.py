"""What somebody asked for at a form: the queue of mails that ask for confirmation."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsletter.models.consent import Wording
from newsletter.models.subscriber import Subscriber


class SignUpQuerySet(models.QuerySet):
    def due(self, now=None):
        """Those to be mailed now, the oldest first; also what a killed worker left behind."""
        now = now or timezone.now()
        waiting = Q(state=SignUp.State.QUEUED, next_try_at__lte=now)
        left = Q(state=SignUp.State.SENDING, claimed_until__lt=now)
        return self.filter(waiting | left).order_by("created_at")


class SignUp(models.Model):
    """One post of the form. The request writes this row and looks nothing up, so that its
    answer takes the same time for every address; `newsletter.outbox` does the rest."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting to be mailed")
        SENDING = "sending", _("Being mailed")
        MAILED = "mailed", _("Mailed")
        CONFIRMED = "confirmed", _("Confirmed")
        SKIPPED = "skipped", _("Not mailed")
        FAILED = "failed", _("Could not be mailed")

    email = models.EmailField(_("e-mail address"), db_index=True)
    language = models.CharField(_("language"), max_length=8)
    #: What was asked for, as `newsletter.choices` writes it.
    choices = models.JSONField(_("choice"), default=list)
    form_address = models.CharField(_("given at"), max_length=200)
    wording = models.ForeignKey(
        Wording, verbose_name=_("text agreed to"), on_delete=models.PROTECT, related_name="+"
    )
    network = models.CharField(_("network"), max_length=50, blank=True)
    #: Part of the link in the mail; the link is used up with the row.
    nonce = models.CharField(max_length=43, unique=True, editable=False)
    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, null=True, related_name="sign_ups"
    )
    state = models.CharField(
        _("state"), max_length=9, choices=State.choices, default=State.QUEUED
    )
    reason = models.CharField(_("why it was not mailed"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("asked"), auto_now_add=True, db_index=True)
    next_try_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    claimed_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    message_id = models.CharField(_("Message-ID"), max_length=200, blank=True)
    mailed_at = models.DateTimeField(_("mailed"), null=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)

    objects = SignUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(state__in=["queued", "sending"]),
                name="newsletter_sign_up_to_mail",
            )
        ]

    def __str__(self):
        return f"{self.created_at:%Y-%m-%d %H:%M}"
