"""Scheduled publication and unpublication, executed exactly once and retried on failure."""

import logging
from datetime import timedelta

from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone as django_timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.checks import require_ready_to_publish
from publishing.jobs import regularly
from publishing.mails import absolute_url, mail_staff
from publishing.models import Revision, Schedule
from publishing.revisions import changes, snapshots
from publishing.workflow.approval import require_approval
from publishing.workflow.base import Conflict, lock_item, renumbered_snapshot
from publishing.workflow.bundles import (
    has_unpublished_changes,
    pin_revisions,
    publish_bundle,
    require_publish_permission,
)
from publishing.workflow.drafts import get_or_create_draft
from publishing.workflow.publication import publish, unpublish

logger = logging.getLogger(__name__)

Action = Schedule.Action
#: First delay after a failure, doubled with each attempt up to the maximum.
FIRST_RETRY_DELAY, MAX_RETRY_DELAY = timedelta(minutes=5), timedelta(hours=6)


@transaction.atomic
def schedule(*, item, at, by, timezone, action=Action.PUBLISH, reason="", change_note=None):
    """Schedule publication of the newest draft, or unpublication of the item, at `at`.

    `timezone` is the zone in which the time was chosen. The current draft is pinned, so editing
    may continue. An item may have several schedules. Returns the Schedule. Raises
    PermissionDenied and ValidationError.
    """
    live = lock_item("schedule", item, by)
    _require_future(at)
    if action == Action.PUBLISH:
        revision = _draft_to_publish(live, by)
        require_approval(live, revision, by)
        require_ready_to_publish(snapshots.load(live, renumbered_snapshot(revision)), reason)
    else:
        revision = None
        _require_public_by(live, at)
    return Schedule.objects.create(
        item=live,
        action=action,
        revision=revision,
        at=at,
        timezone=timezone,
        next_try_at=at,
        reason=reason,
        change_note=change_note or {},
        author=by,
    )


@transaction.atomic
def schedule_bundle(*, bundle, at, by, timezone, reason=""):
    """Schedule publication of the bundle's current drafts at the instant `at`.

    Replaces the bundle's pending schedules. Returns the Schedule. Raises PermissionDenied and
    ValidationError.
    """
    require_publish_permission(bundle, by)
    _require_future(at)
    pin_revisions(bundle, by)
    _dry_run(bundle, by, reason)
    bundle.schedules.waiting().update(cancelled_at=django_timezone.now())
    return Schedule.objects.create(
        bundle=bundle,
        at=at,
        timezone=timezone,
        next_try_at=at,
        reason=reason,
        author=by,
    )


@transaction.atomic
def _dry_run(bundle, by, reason):
    """Publish the bundle and roll back, to report problems at scheduling time."""
    known = type(bundle)._base_manager.get(pk=bundle.pk)
    publish_bundle(bundle=known, by=by, reason=reason, pinned=True)
    transaction.set_rollback(True)


@transaction.atomic
def cancel(*, schedule, by=None):
    """Cancel a schedule.

    Raises PermissionDenied, and ValidationError if it is no longer pending.
    """
    current = Schedule.objects.select_for_update(of=("self",)).get(pk=schedule.pk)
    if current.bundle:
        require_publish_permission(current.bundle, by)
    elif current.item:
        lock_item("schedule", current.item, by)
    if not current.is_waiting:
        raise ValidationError(_("This has already been done or cancelled."), code="settled")
    current.cancelled_at = django_timezone.now()
    current.save(update_fields=["cancelled_at"])


def cancel_all(item):
    """Cancel all pending schedules of an item that is about to be deleted."""
    Schedule.objects.of(item).waiting().update(cancelled_at=django_timezone.now())


def _require_future(at):
    if at <= django_timezone.now():
        raise ValidationError({"at": _("Choose a time in the future.")}, code="past")


def _draft_to_publish(item, by):
    if item.is_published and not Revision.objects.open_draft(item):
        raise ValidationError(
            _("There is no draft to publish: save what should be published first."),
            code="no_draft",
        )
    return get_or_create_draft(item, by)


def _require_public_by(item, at):
    earlier = Schedule.objects.of(item).waiting().filter(action=Action.PUBLISH, at__lt=at)
    if not (item.is_published or earlier.exists()):
        raise ValidationError(
            _(
                "This item is not published, and is not scheduled to be published before that "
                "time."
            ),
            code="not_published",
        )


# --- Execution --------------------------------------------------------------------------


@regularly
def publish_due(now=None):
    """Execute all due schedules, earliest first. Returns the number that succeeded.

    Safe to run in several processes: a schedule and its completion are one transaction, so that
    after a crash another process repeats it.
    """
    now = now or django_timezone.now()
    keys = Schedule.objects.due(now).order_by("at", "pk").values_list("pk", flat=True)
    return sum(_execute(key, now) for key in list(keys))


@transaction.atomic
def _execute(key, now):
    due = Schedule.objects.due(now).select_for_update(skip_locked=True, of=("self",))
    if not (pending := due.filter(pk=key).first()):  # another process has it
        return False
    try:
        with transaction.atomic():
            _run(pending)
    except Exception as error:
        _record_failure(pending, error, now)
        return False
    pending.done_at, pending.problem = django_timezone.now(), ""
    pending.save(update_fields=["done_at", "problem"])
    return True


def _run(pending):
    if pending.author is None:  # without an author, it would run unrestricted
        raise PermissionDenied
    if pending.bundle:
        publish_bundle(
            bundle=pending.bundle, by=pending.author, reason=pending.reason, pinned=True
        )
    elif not pending.item:
        raise ObjectDoesNotExist
    else:
        _run_for_item(pending)


def _run_for_item(pending):
    # Lock first: another process may be publishing a later revision.
    item = lock_item("schedule", pending.item, pending.author)
    if pending.action == Action.UNPUBLISH:
        unpublish(item=item, by=pending.author, reason=pending.reason)
    elif has_unpublished_changes(
        item, pending.revision
    ):  # otherwise already published manually
        publish(
            item=item,
            revision=pending.revision,
            by=pending.author,
            reason=pending.reason,
            change_note=pending.change_note,
        )


def _record_failure(pending, error, now):
    problem = explain(error, pending)
    is_new_problem = problem != pending.problem
    pending.problem = problem
    pending.next_try_at = now + min(
        FIRST_RETRY_DELAY * 2 ** min(pending.attempts, 10), MAX_RETRY_DELAY
    )
    pending.attempts += 1
    pending.save(update_fields=["problem", "next_try_at", "attempts"])
    if is_new_problem:
        _notify_author(pending)


def explain(error, pending):
    """Return the reason for a failure, for the schedule's author."""
    if isinstance(error, Conflict):
        described = changes.describe(type(pending.item), error.merged, error.theirs)
        labels = {change.label for change in described if change.path in error.paths}
        return f"{error} ({', '.join(sorted(labels))})" if labels else str(error)
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, PermissionDenied):
        return _("The person who scheduled this is no longer allowed to publish it.")
    if isinstance(error, ObjectDoesNotExist):
        return _("The item to be published has been deleted.")
    logger.error("Schedule %s failed", pending.pk, exc_info=error)
    return _("Something unexpected went wrong. See the portal’s log for details.")


def _notify_author(pending):
    title = str(pending.bundle or pending.item or "")
    mail_staff(
        pending.author,
        format_lazy(gettext_lazy("Scheduled action failed: {title}"), title=title),
        "schedule_failed",
        title=title,
        schedule=pending,
        form_url=_admin_url(pending),
    )


def _admin_url(pending):
    """Return the URL in the admin to resolve it, or None if the item was deleted."""
    target = pending.bundle or pending.item
    if target is None:
        return None
    options = target._meta
    view = "change" if pending.bundle else "schedule"
    return absolute_url(admin_urlname(options, view), target.pk)
