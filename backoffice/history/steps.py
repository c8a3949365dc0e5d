"""Steps back: restoring a version, discarding a draft, undoing a publication."""

from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.editing import seen_version
from backoffice.history.versions import last_publication, version_of
from backoffice.item_pages import run_step
from publishing import workflow


@require_POST
def restore(request, admin, item, number):
    """Make an earlier version the newest draft."""
    revision = version_of(item, number)
    return run_step(
        request,
        admin,
        item,
        lambda: workflow.restore(revision=revision, by=request.user),
        _("Version %(number)s is the newest draft now.") % {"number": number},
    )


@require_POST
def discard(request, admin, item):
    """Discard the draft of a published item."""
    return run_step(
        request,
        admin,
        item,
        lambda: workflow.discard_draft(item=item, by=request.user),
        _("Draft discarded. It stays in the history."),
    )


@require_POST
def undo(request, admin, item):
    """Undo the publication that the page named, or an undo of one."""
    seen = seen_version(request)
    last = last_publication(item)
    success_message = _("Undone. Readers see the previous version again.")
    if last and last.undone:
        success_message = _("Version %(number)s is public again.") % {
            "number": last.undone.number
        }
    return run_step(
        request,
        admin,
        item,
        lambda: workflow.undo_publish(item=item, by=request.user, seen=seen),
        success_message,
    )
