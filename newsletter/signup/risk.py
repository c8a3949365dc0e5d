"""Whether sign-ups look as if robots made them: only then is work asked for."""

import logging
from datetime import timedelta

from django.core.cache import cache
from django.db.models import Count, Q
from django.utils import timezone

from newsletter.models import Refusal, SignUp
from newsletter.signup.limits import SIGN_UPS_FROM_NETWORK
from newsletter.signup.refusals import refuse

logger = logging.getLogger(__name__)

#: A household or an office signs up so often in an hour without anybody wondering.
USUAL = 3
#: The alarm: of this many mails or more, fewer than this share were confirmed. People who
#: signed up within the last minutes may still be on their way to their mailbox.
ENOUGH, SHARE = 30, 0.2
OLD_ENOUGH, PERIOD = timedelta(minutes=30), timedelta(days=1)
#: Seconds between two counts, and between two lines in the log.
RECOUNT, REPEAT = 60, 3600


def is_risky(network):
    """Whether a sign-up from this network has to prove that it cost somebody something."""
    return SIGN_UPS_FROM_NETWORK.taken(network) >= USUAL or is_alarm()


def is_alarm():
    """Whether hardly anybody confirms: somebody enters other people's addresses."""
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
