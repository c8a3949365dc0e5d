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
USUAL = 3
#: Alarm threshold: at least ENOUGH mails in PERIOD, of which less than SHARE were confirmed.
#: Recent mails do not count until OLD_ENOUGH, as their owners may still confirm.
ENOUGH, SHARE = 30, 0.2
OLD_ENOUGH, PERIOD = timedelta(minutes=30), timedelta(days=1)
#: Seconds between two counts, and between two log entries.
RECOUNT, REPEAT = 60, 3600


def is_risky(network):
    """Return True if a sign-up from this network has to provide a proof of work."""
    return SIGN_UPS_FROM_NETWORK.taken(network) >= USUAL or is_alarm()


def is_alarm():
    """Return True if hardly any sign-up is confirmed; the result is cached.

    This suggests that someone is entering other people's addresses.
    """
    return cache.get_or_set("newsletter.alarm", _count_alarm, RECOUNT)


def _count_alarm():
    now = timezone.now()
    mailed = SignUp.objects.filter(mailed_at__range=(now - PERIOD, now - OLD_ENOUGH))
    of = mailed.aggregate(all=Count("pk"), confirmed=Count("pk", Q(confirmed_at__isnull=False)))
    is_on = of["all"] >= ENOUGH and of["confirmed"] < SHARE * of["all"]
    if is_on and cache.add("newsletter.alarm.told", 1, REPEAT):
        refuse(Refusal.Reason.ALARM)
        logger.error("Of %(all)s sign-ups, only %(confirmed)s were confirmed", of)
    return is_on
