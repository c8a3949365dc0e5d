"""Items as their forms show them: as of the version that the form is about.

The form carries the number of the version it was opened on (`_seen`). On submission the item
is loaded as of that version, so that its rows are those that the editor saw.
"""

from backoffice.editing.submission import seen_version
from publishing import workflow
from publishing.models import Revision
from publishing.revisions import snapshots


def opened_item(request, item):
    """Return the item as of the version that the form is about, which it then knows."""
    public = Revision.objects.live(item) if item.is_published else None
    revision = opened_revision(request, item)
    aliases = workflow.new_ids_since(revision, public) if revision else {}
    if revision and (request.POST or workflow.differs_from_live(item, revision)):
        item = snapshots.load(item, workflow.renumbered_snapshot(revision))
    item.opened_revision, item.public_revision = revision, public
    item.row_aliases = aliases
    return item


def opened_revision(request, item):
    """Return the version that the form was opened on, or the newest; None without any."""
    seen = seen_version(request)
    if seen is not None:
        return Revision.objects.of(item).filter(number=seen).first()
    return workflow.head(item)
