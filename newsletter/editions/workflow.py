"""Workflow steps of an edition, the only way to change its state.

Each step locks the edition. It raises PermissionDenied if the user lacks the permission, and
ValidationError if the step is not possible now.
"""

from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from newsletter.editions.freezing import freeze, require_ready
from newsletter.models import Delivery, Edition

State = Edition.State
SEND, CHANGE = "newsletter.send_edition", "newsletter.change_edition"


@contextmanager
def _step(edition, state, by, permission=SEND):
    """Lock the edition and yield it in its new state; save it afterwards."""
    if not by.has_perm(permission):
        raise PermissionDenied
    with transaction.atomic():
        locked = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
        set_state(locked, state)
        yield locked
        locked.save()
    edition.refresh_from_db()


def set_state(edition, state):
    """Set the state. Raises ValidationError if the current one does not allow it."""
    if not edition.can_become(state):
        message = _("This is not possible in the current state of the edition: %(state)s.")
        params = {"state": str(edition.get_state_display()).lower()}
        raise ValidationError(message, params=params, code="state")
    edition.state = state


def request_review(*, edition, by):
    """Submit a draft for review."""
    with _step(edition, State.REVIEW, by, CHANGE) as locked:
        require_ready(locked)


def reopen(*, edition, by):
    """Return to the draft and cancel the schedule."""
    permission = CHANGE if edition.state == State.REVIEW else SEND
    with _step(edition, State.DRAFT, by, permission) as locked:
        locked.approved_by = locked.send_at = locked.bundle = None
        locked.problem = ""


def approve(*, edition, by):
    """Approve the edition; where reviews are required, authors cannot approve their own."""
    with _step(edition, State.APPROVED, by) as locked:
        if settings.REVIEW_REQUIRED and locked.author_id == by.pk:
            raise ValidationError(_("Someone else must approve what you have written."))
        require_ready(locked)
        locked.approved_by = by


def schedule(*, edition, by, at=None, timezone="", bundle=None):
    """Schedule an approved edition for an instant, or for the publication of a bundle."""
    if not by.has_perm(SEND):
        raise PermissionDenied
    with transaction.atomic():
        locked = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
        if locked.state != State.APPROVED:
            raise ValidationError(_("Only an approved edition can be sent."), code="state")
        if at and at <= now():
            raise ValidationError({"at": _("Choose a time in the future.")}, code="past")
        locked.send_at, locked.bundle, locked.problem = at, bundle, ""
        locked.timezone = timezone or locked.timezone
        locked.save()
    edition.refresh_from_db()


def send_now(*, edition, by):
    """Freeze an approved edition and start sending it."""
    with _step(edition, State.FROZEN, by) as locked:
        freeze(locked)
    start(edition)


def start(edition):
    """Start sending a frozen edition, which workers then pick up."""
    begun = {"state": State.SENDING, "started_at": now()}
    Edition.objects.filter(pk=edition.pk, state=State.FROZEN).update(**begun)
    edition.refresh_from_db()


def pause(*, edition, by):
    """Pause sending, within a mail or two; the remaining mails stay in the queue."""
    with _step(edition, State.PAUSED, by) as locked:
        locked.problem = ""


def resume(*, edition, by):
    with _step(edition, State.SENDING, by) as locked:
        locked.problem = ""


def cancel(*, edition, by):
    """Cancel all mails that have not been sent."""
    with _step(edition, State.CANCELLED, by) as locked:
        locked.finished_at = now()
        waiting = (*Delivery.WAITING, Delivery.State.CLAIMED)
        locked.deliveries.filter(state__in=waiting).update(
            state=Delivery.State.SKIPPED,
            reason=Delivery.Reason.CANCELLED,
            settled_at=now(),
            lease_owner="",
        )
