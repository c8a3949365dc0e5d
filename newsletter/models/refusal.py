"""Daily counts of refused requests by reason, without personal data."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from localisation import formats


class Refusal(models.Model):
    class Reason(models.TextChoices):
        TRAP = "trap", _("Filled in a field that only robots see")
        OTHER_SITE = "other-site", _("Sent by another site")
        MALFORMED = "malformed", _("Not an e-mail address")
        DISPOSABLE = "disposable", _("Disposable address")
        NETWORK = "network", _("Too many requests from one network")
        ADDRESS = "address", _("Too many requests for one address")
        SUPPRESSED = "suppressed", _("Blocked address")
        PROOF_ASKED = "proof-asked", _("Proof of work requested")
        PROOF_WRONG = "proof-wrong", _("Wrong or used proof of work")
        ALARM = "alarm", _("Alarm: hardly anybody confirms")
        LINK_BROKEN = "link-broken", _("Guessed or incomplete link")
        LINK_EXPIRED = "link-expired", _("Expired link")
        LINK_USED = "link-used", _("Used link")

    on = models.DateField(_("day"))
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices)
    count = models.PositiveIntegerField(_("count"), default=0)

    class Meta:
        verbose_name = _("refusals on one day")
        verbose_name_plural = _("refusals")
        ordering = ["-on", "reason"]
        constraints = [
            models.UniqueConstraint(
                fields=["on", "reason"], name="newsletter_refusal_is_counted_a_day"
            )
        ]

    def __str__(self):
        return formats.named(self.on, self.get_reason_display())
