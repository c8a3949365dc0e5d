"""What is kept of mails that were sent: figures, and for half a year who got them."""

from datetime import timedelta

from django.utils import timezone

from newsletter.models import Delivery
from publishing.jobs import nightly

#: As long as somebody may ask whether a mail has reached them, and to see frequent failures.
KEPT = timedelta(days=180)


@nightly
def forget_deliveries(now=None):
    """Delete personal mails that are done with; of editions, keep what became of each mail
    without saying whose it was."""
    old = Delivery.objects.settled().filter(settled_at__lt=(now or timezone.now()) - KEPT)
    old.filter(edition=None).delete()
    old.exclude(subscriber=None).update(subscriber=None, answer="")
