"""Sign-ups and their state until they are confirmed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from newsletter.models.consent import Wording
from newsletter.models.subscriber import Subscriber


class SignUpQuerySet(models.QuerySet):
    def open(self):
        """Return the sign-ups that can still be confirmed."""
        return self.filter(state__in=[SignUp.State.QUEUED, SignUp.State.MAILED])


class SignUp(models.Model):
    """One post of the sign-up form.

    The request inserts this row and looks nothing up, so that the response time is the same for
    every address; `newsletter.signup` does the rest.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("E-mail to be sent")
        MAILED = "mailed", _("E-mail sent")
        CONFIRMED = "confirmed", _("Confirmed")
        SKIPPED = "skipped", _("E-mail not sent")
        CLOSED = "closed", _("Replaced by another request")

    email = models.EmailField(_("e-mail address"), db_index=True)
    language = models.CharField(_("language"), max_length=8)
    #: Requested subscriptions, as a list of dicts: see `newsletter.subscriptions`.
    choices = models.JSONField(_("choice"), default=list)
    form_address = models.CharField(_("entered via"), max_length=200)
    wording = models.ForeignKey(
        Wording, verbose_name=_("text agreed to"), on_delete=models.PROTECT, related_name="+"
    )
    network = models.CharField(_("network"), max_length=50, blank=True)
    #: Signed value of the confirmation link, which works while the row is open.
    nonce = models.CharField(max_length=43, unique=True, editable=False)
    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, null=True, related_name="sign_ups"
    )
    state = models.CharField(
        _("state"), max_length=9, choices=State.choices, default=State.QUEUED
    )
    reason = models.CharField(_("why no e-mail was sent"), max_length=12, blank=True)
    created_at = models.DateTimeField(_("requested"), auto_now_add=True, db_index=True)
    mailed_at = models.DateTimeField(_("e-mail sent"), null=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)

    objects = SignUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=Q(state="queued"),
                name="newsletter_sign_up_to_mail",
            )
        ]

    def __str__(self):
        return f"{self.created_at:%Y-%m-%d %H:%M}"
