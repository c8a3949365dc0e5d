"""Detection of automated sign-ups, which have to provide a proof of work."""

import logging
from datetime import timedelta

from django.core.cache import cache
from django.db.models import Count, Q
from django.utils import timezone

from newsletter.models import Refusal, SignUp
from newsletter.signup.limits import SIGN_UPS_FROM_NETWORK
from newsletter.signup.refusals import refuse

logger = logging.getLogger(__name__)

#: Sign-ups per hour that are normal for one household or office.
NORMAL_RATE = 3
#: Alarm threshold: at least MIN_MAILS in PERIOD, less than MIN_CONFIRMED_SHARE confirmed.
#: Recent mails do not count until MIN_AGE, as their owners may still confirm.
MIN_MAILS, MIN_CONFIRMED_SHARE = 30, 0.2
MIN_AGE, PERIOD = timedelta(minutes=30), timedelta(days=1)
#: Seconds between two counts, and between two log entries.
COUNT_INTERVAL, LOG_INTERVAL = 60, 3600


def is_risky(network):
    """Return True if a sign-up from this network has to provide a proof of work."""
    return SIGN_UPS_FROM_NETWORK.count(network) >= NORMAL_RATE or is_alarm()


def is_alarm():
    """Return True if hardly any sign-up is confirmed; the result is cached.

    This suggests that someone is entering other people's addresses.
    """
    return cache.get_or_set("newsletter.alarm", _count_alarm, COUNT_INTERVAL)


def _count_alarm():
    now = timezone.now()
    mailed = SignUp.objects.filter(mailed_at__range=(now - PERIOD, now - MIN_AGE))
    counts = mailed.aggregate(
        all=Count("pk"), confirmed=Count("pk", Q(confirmed_at__isnull=False))
    )
    is_raised = (
        counts["all"] >= MIN_MAILS and counts["confirmed"] < MIN_CONFIRMED_SHARE * counts["all"]
    )
    if is_raised and cache.add("newsletter.alarm.logged", 1, LOG_INTERVAL):
        refuse(Refusal.Reason.ALARM)
        logger.error("Of %(all)s sign-ups, only %(confirmed)s were confirmed", counts)
    return is_raised
