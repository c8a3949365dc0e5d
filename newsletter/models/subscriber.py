"""A person who gets mail, or did, or has been asked whether they want to."""

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


def normalised(email):
    """One spelling of an address: without white space around it, in lower case."""
    return email.strip().lower()


class SubscriberQuerySet(models.QuerySet):
    def active(self):
        """Who has confirmed and has not left since."""
        return self.filter(state=Subscriber.State.ACTIVE)

    def mailable(self, on=None):
        """Who may be mailed on a day (today): active, not paused, not suppressed."""
        on = on or timezone.localdate()
        suppressed = Suppression.objects.filter(address_hash=OuterRef("address_hash"))
        awake = Q(paused_until=None) | Q(paused_until__lte=on)
        return self.active().filter(awake).exclude(Exists(suppressed))


class Subscriber(models.Model):
    class State(models.TextChoices):
        PENDING = "pending", _("Not confirmed yet")
        ACTIVE = "active", _("Active")
        UNSUBSCRIBED = "unsubscribed", _("Unsubscribed")
        BOUNCED = "bounced", _("Mailbox unreachable")
        COMPLAINED = "complained", _("Reported as spam")
        ERASED = "erased", _("Erased")

    #: The states from which only a new confirmation leads back.
    ENDED = (State.UNSUBSCRIBED, State.BOUNCED, State.COMPLAINED, State.ERASED)

    #: None once the data is erased, and only then.
    email = models.EmailField(_("e-mail address"), unique=True, null=True)
    #: Of the address; what suppressions are compared with. Empty once erased.
    address_hash = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    language = LanguageField(choices=portal_language_choices)
    state = models.CharField(
        _("state"), max_length=14, choices=State.choices, default=State.PENDING, db_index=True
    )
    paused_until = models.DateField(
        _("paused until"),
        null=True,
        blank=True,
        help_text=_("The first day on which mail is sent again."),
    )
    created_at = models.DateTimeField(_("signed up"), auto_now_add=True, db_index=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)
    #: Goes up when the personal links in former mails have to end.
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
        # Not the address: this text goes into logs, which outlive an erasure.
        return f"{self._meta.verbose_name} {self.pk}"

    def save(self, *args, **kwargs):
        if self.email:
            self.email = normalised(self.email)
            self.address_hash = address_hash(self.email)
        super().save(*args, **kwargs)

    @property
    def is_active(self):
        return self.state == self.State.ACTIVE

    @property
    def is_paused(self):
        return bool(self.paused_until and self.paused_until > timezone.localdate())

    def confirm(self, language):
        """Start to send mail, or go on. False for somebody whose data was erased."""
        links = {"token_version": F("token_version") + 1} if self.state in self.ENDED else {}
        rows = self._rows().exclude(state=self.State.ERASED)
        started = {"confirmed_at": timezone.now(), "ended_at": None, "paused_until": None}
        return self._become(self.State.ACTIVE, rows, language=language, **started, **links)

    def end(self, state):
        """Send no more mail, until the address is confirmed anew. False when that was so
        already. `state` is one of `ENDED`, but for ERASED."""
        rows = self._rows().exclude(state__in=self.ENDED)
        return self._become(state, rows, ended_at=timezone.now(), paused_until=None)

    def erase(self):
        """Forget the address and what else tells who it was, and end all links but those that
        end mail. `newsletter.consent.leaving.erase` forgets the rest."""
        gone = {"email": None, "address_hash": "", "language": settings.LANGUAGE_CODE}
        ended = {"ended_at": Coalesce("ended_at", timezone.now()), "paused_until": None}
        links = {"token_version": F("token_version") + 1}
        self._become(self.State.ERASED, self._rows(), **gone, **ended, **links)

    def _rows(self):
        return type(self).objects.filter(pk=self.pk)

    def _become(self, state, rows, **values):
        """One UPDATE, so that of two requests at once only one changes anything."""
        changed = rows.update(state=state, **values)
        self.refresh_from_db()
        return bool(changed)
