"""Start of scheduled editions, safe for any number of concurrent workers."""

import logging

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from newsletter.editions.freezing import freeze
from newsletter.editions.workflow import set_state, start
from newsletter.models import Edition

logger = logging.getLogger(__name__)

State = Edition.State


def start_due(now=None):
    """Freeze and start editions whose time has come or whose bundle is published."""
    now = now or timezone.now()
    is_time = Q(send_at__lte=now) | Q(bundle__published_at__isnull=False)
    for key in list(
        Edition.objects.filter(is_time, state=State.APPROVED, problem="").values_list(
            "pk", flat=True
        )
    ):
        _freeze(key)
    for edition in Edition.objects.filter(state=State.FROZEN):  # its worker was killed
        start(edition)


@transaction.atomic
def _freeze(key):
    approved = Edition.objects.select_for_update(skip_locked=True, of=("self",))
    edition = approved.filter(pk=key, state=State.APPROVED).first()
    if edition is None:  # another worker has it
        return
    try:
        with transaction.atomic():
            set_state(edition, State.FROZEN)
            freeze(edition)
            edition.save()
    except ValidationError as error:
        logger.exception("Edition %s cannot be sent as scheduled", key)
        Edition.objects.filter(pk=key).update(problem=" ".join(error.messages))
