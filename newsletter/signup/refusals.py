"""Counts what is refused, and writes it to the log."""

import logging

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from newsletter.models import Refusal

logger = logging.getLogger(__name__)


def refuse(reason):
    """Count one more refusal of today. The log does not say who it was either."""
    logger.info("Refused: %s", reason.value)
    today = timezone.localdate()
    rows = Refusal.objects.filter(on=today, reason=reason)
    if rows.update(count=F("count") + 1):
        return
    try:
        with transaction.atomic():
            Refusal.objects.create(on=today, reason=reason, count=1)
    except IntegrityError:  # another request made today's row first
        rows.update(count=F("count") + 1)
