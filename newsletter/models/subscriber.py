"""Subscribers: current, former and unconfirmed."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from localisation.fields import LanguageField
from newsletter.models.suppression import Suppression, address_hash


def portal_language_choices():
    return settings.LANGUAGES


def normalise_email(email):
    """Return the address in lower case, without white space around it."""
    return email.strip().lower()


class SubscriberQuerySet(models.QuerySet):
    def active(self):
        """Return the subscribers who have confirmed and have not left since."""
        return self.filter(state=Subscriber.State.ACTIVE)

    def mailable(self, on=None):
        """Return those who may be mailed: active, not paused, not suppressed.

        `on` is the date, by default today.
        """
        on = on or timezone.localdate()
        suppressed = Suppression.objects.filter(address_hash=OuterRef("address_hash"))
        not_paused = Q(paused_until=None) | Q(paused_until__lte=on)
        return self.active().filter(not_paused).exclude(Exists(suppressed))


class Subscriber(models.Model):
    class State(models.TextChoices):
        PENDING = "pending", _("Not confirmed yet")
        ACTIVE = "active", _("Active")
        UNSUBSCRIBED = "unsubscribed", _("Unsubscribed")
        BOUNCED = "bounced", _("Mailbox unreachable")
        COMPLAINED = "complained", _("Reported as spam")
        ERASED = "erased", _("Erased")

    #: States without mail until the address is confirmed again.
    ENDED = (State.UNSUBSCRIBED, State.BOUNCED, State.COMPLAINED, State.ERASED)

    #: None if and only if the data is erased.
    email = models.EmailField(_("e-mail address"), unique=True, null=True)
    #: Compared with suppressions; empty once erased.
    address_hash = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    language = LanguageField(choices=portal_language_choices)
    state = models.CharField(
        _("state"), max_length=14, choices=State.choices, default=State.PENDING, db_index=True
    )
    paused_until = models.DateField(
        _("paused until"),
        null=True,
        blank=True,
        help_text=_("The first day on which e-mails are sent again."),
    )
    created_at = models.DateTimeField(_("signed up"), auto_now_add=True, db_index=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)
    #: Incremented to invalidate the personal links in earlier mails.
    token_version = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="newsletter_subscriber_has_an_address_until_erased",
                condition=Q(state="erased", email=None) | (~Q(state="erased") & ~Q(email=None)),
            )
        ]

    def __str__(self):
        # Without the address: this text appears in logs, which outlive an erasure.
        return f"{self._meta.verbose_name} {self.pk}"

    def save(self, *args, **kwargs):
        if self.email:
            self.email = normalise_email(self.email)
            self.address_hash = address_hash(self.email)
        super().save(*args, **kwargs)

    @property
    def is_active(self):
        return self.state == self.State.ACTIVE

    @property
    def is_paused(self):
        return bool(self.paused_until and self.paused_until > timezone.localdate())

    def confirm(self, language):
        """Make the subscriber active; return False if their data was erased.

        Coming back from one of `ENDED` invalidates the personal links in earlier mails.
        """
        links = {"token_version": F("token_version") + 1} if self.state in self.ENDED else {}
        rows = self._rows().exclude(state=self.State.ERASED)
        started = {"confirmed_at": timezone.now(), "ended_at": None, "paused_until": None}
        return self._set_state(self.State.ACTIVE, rows, language=language, **started, **links)

    def end(self, state):
        """Stop all mail until the address is confirmed again.

        `state` is one of `ENDED` except ERASED. Returns False if mail had already ended.
        """
        rows = self._rows().exclude(state__in=self.ENDED)
        return self._set_state(state, rows, ended_at=timezone.now(), paused_until=None)

    def erase(self):
        """Erase the address and other personal data of this row.

        Invalidates all links except those that unsubscribe. `newsletter.consent.erase` deletes
        the related data.
        """
        gone = {"email": None, "address_hash": "", "language": settings.LANGUAGE_CODE}
        ended = {"ended_at": Coalesce("ended_at", timezone.now()), "paused_until": None}
        links = {"token_version": F("token_version") + 1}
        self._set_state(self.State.ERASED, self._rows(), **gone, **ended, **links)

    def _rows(self):
        return type(self).objects.filter(pk=self.pk)

    def _set_state(self, state, rows, **values):
        """Set the state in one UPDATE, so that of concurrent requests only one succeeds."""
        changed = rows.update(state=state, **values)
        self.refresh_from_db()
        return bool(changed)
