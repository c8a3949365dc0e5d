"""Deletion of data at the end of its retention period, see the NEWSLETTER_… settings."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from newsletter.consent.unsubscribing import erase
from newsletter.models import ConsentEvent, Refusal, SignUp, Subscriber, Wording
from publishing.jobs import nightly

#: Counts without personal data, kept to compare with the year before.
REFUSAL_RETENTION = timedelta(days=400)


@nightly
def delete_expired(now=None):
    """Delete or erase all data at the end of its retention period."""
    now = now or timezone.now()
    _delete_unconfirmed(now - timedelta(days=settings.NEWSLETTER_UNCONFIRMED_DAYS))
    _erase_former_subscribers(now - timedelta(days=settings.NEWSLETTER_LEFT_DAYS))
    _delete_erased(now - timedelta(days=settings.NEWSLETTER_PROOF_DAYS))
    Refusal.objects.filter(on__lt=(now - REFUSAL_RETENTION).date()).delete()


def _delete_unconfirmed(before):
    """Delete old sign-ups, unconfirmed subscribers and unused wordings.

    Confirmed sign-ups are deleted, too: the consent log has what was agreed to.
    """
    SignUp.objects.filter(created_at__lt=before).delete()
    waiting = SignUp.objects.open().filter(subscriber__isnull=False).values("subscriber")
    pending = Subscriber.objects.filter(state=Subscriber.State.PENDING, created_at__lt=before)
    pending.exclude(pk__in=waiting).delete()
    agreed_to = SignUp.objects.values("wording")
    unused = Wording.objects.filter(created_at__lt=before).exclude(pk__in=agreed_to)
    proven = ConsentEvent.objects.values("wording_hash")
    unused.exclude(text_hash__in=proven).delete()


def _erase_former_subscribers(before):
    former = Subscriber.objects.filter(state__in=Subscriber.ENDED, ended_at__lt=before)
    for subscriber in former.exclude(state=Subscriber.State.ERASED).iterator():
        erase(subscriber)


def _delete_erased(before):
    """Delete the remains of erased subscribers, with their consent log.

    The log is kept for as long as proof of consent may be required.
    """
    Subscriber.objects.filter(state=Subscriber.State.ERASED, ended_at__lt=before).delete()
