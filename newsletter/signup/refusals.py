"""Counting and logging of refused requests."""

import logging

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from newsletter.models import Refusal

logger = logging.getLogger(__name__)


def refuse(reason):
    """Count one refusal today and log it, both without personal data."""
    logger.info("Refused: %s", reason.value)
    today = timezone.localdate()
    rows = Refusal.objects.filter(on=today, reason=reason)
    if rows.update(count=F("count") + 1):
        return
    try:
        with transaction.atomic():
            Refusal.objects.create(on=today, reason=reason, count=1)
    except IntegrityError:  # another request created today's row first
        rows.update(count=F("count") + 1)
