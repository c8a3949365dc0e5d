"""Retention of deliveries: personal data is deleted after half a year."""

from datetime import timedelta

from django.utils import timezone

from newsletter.models import Delivery
from publishing.jobs import nightly

#: Long enough to answer questions about a mail, and to detect frequent failures.
RETENTION = timedelta(days=180)


@nightly
def delete_old_deliveries(now=None):
    """Delete settled personal mails, and anonymise those of editions.

    The results of an edition's mails are kept without the recipients.
    """
    old = Delivery.objects.settled().filter(settled_at__lt=(now or timezone.now()) - RETENTION)
    old.filter(edition=None).delete()
    old.exclude(subscriber=None).update(subscriber=None, answer="")
