"""Who gets the newsletter."""

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.fields import LanguageField


def portal_language_choices():
    return settings.LANGUAGES


def normalised(email):
    """One spelling of an address: without white space around it, in lower case."""
    return email.strip().lower()


class Subscriber(models.Model):
    class State(models.TextChoices):
        PENDING = "pending", _("Not confirmed yet")
        ACTIVE = "active", _("Active")
        UNSUBSCRIBED = "unsubscribed", _("Unsubscribed")

    email = models.EmailField(_("e-mail address"), unique=True)
    language = LanguageField(choices=portal_language_choices)
    state = models.CharField(
        _("state"), max_length=14, choices=State.choices, default=State.PENDING
    )
    created_at = models.DateTimeField(_("signed up"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)
    mailed_at = models.DateTimeField(_("confirmation mailed"), null=True, editable=False)
    #: Goes up with each change of state, so that a link to confirm works once.
    token_version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.email

    def save(self, *args, **kwargs):
        self.email = normalised(self.email)
        super().save(*args, **kwargs)

    @property
    def is_active(self):
        return self.state == self.State.ACTIVE

    def confirm(self, language):
        """Start the subscription. False when another request changed the state first."""
        unchanged = self._rows().filter(token_version=self.token_version)
        return self._become(
            self.State.ACTIVE, unchanged, language=language, confirmed_at=timezone.now()
        )

    def unsubscribe(self):
        """End the subscription, until the address is confirmed anew."""
        self._become(
            self.State.UNSUBSCRIBED, self._rows().exclude(state=self.State.UNSUBSCRIBED)
        )

    def _rows(self):
        return type(self).objects.filter(pk=self.pk)

    def _become(self, state, rows, **values):
        """One UPDATE, so that of two requests at once only one changes anything."""
        changed = rows.update(state=state, token_version=F("token_version") + 1, **values)
        self.refresh_from_db()
        return bool(changed)
