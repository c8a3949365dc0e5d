"""Forgets what the portal has no more reason to keep: see the NEWSLETTER_… settings."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from newsletter.consent.leaving import erase
from newsletter.models import ConsentEvent, Refusal, SignUp, Subscriber, Wording
from publishing.jobs import nightly

#: Figures without persons, for comparing with last year's.
REFUSALS_KEPT = timedelta(days=400)


@nightly
def forget_old(now=None):
    """Delete and erase whatever has been kept for as long as the settings allow."""
    now = now or timezone.now()
    _forget_unconfirmed(now - timedelta(days=settings.NEWSLETTER_UNCONFIRMED_DAYS))
    _erase_those_who_left(now - timedelta(days=settings.NEWSLETTER_LEFT_DAYS))
    _forget_proof(now - timedelta(days=settings.NEWSLETTER_PROOF_DAYS))
    Refusal.objects.filter(on__lt=(now - REFUSALS_KEPT).date()).delete()


def _forget_unconfirmed(before):
    """Sign-ups are deleted, confirmed or not: what was agreed to is in the consent log."""
    SignUp.objects.filter(created_at__lt=before).delete()
    waiting = SignUp.objects.open().filter(subscriber__isnull=False).values("subscriber")
    pending = Subscriber.objects.filter(state=Subscriber.State.PENDING, created_at__lt=before)
    pending.exclude(pk__in=waiting).delete()
    agreed_to = SignUp.objects.values("wording")
    unused = Wording.objects.filter(created_at__lt=before).exclude(pk__in=agreed_to)
    proven = ConsentEvent.objects.values("wording_hash")
    unused.exclude(text_hash__in=proven).delete()


def _erase_those_who_left(before):
    gone = Subscriber.objects.filter(state__in=Subscriber.ENDED, ended_at__lt=before)
    for subscriber in gone.exclude(state=Subscriber.State.ERASED).iterator():
        erase(subscriber)


def _forget_proof(before):
    """What is left of those who are gone, with the proof that they had agreed: it is needed
    for as long as somebody may ask for it."""
    Subscriber.objects.filter(state=Subscriber.State.ERASED, ended_at__lt=before).delete()
