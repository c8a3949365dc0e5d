"""Other people at the same form, and versions that they have saved meanwhile."""

from backoffice.editing.submission import overruled_version, seen_version
from publishing import workflow
from publishing.models import Revision


def presence(request, item, opened):
    """Return who else has the item open, and the version that came after the form's own.

    `opened` are the OpenForms of the item.
    """
    others = {form.user_id: form for form in reversed(opened) if form.is_present}
    others.pop(request.user.pk, None)
    seen, overrule = seen_version(request), overruled_version(request)
    newer = newer_version(item, {seen, overrule}) if "_seen" in request.POST else None
    return {"others": list(others.values()), "newer": newer, "seen": seen}


def newer_version(item, known):
    """Return the item's newest version, or None where its head is among `known` numbers."""
    current = workflow.head(item)
    if current is None or current.number in known:
        return None
    versions = Revision.objects.of(item).select_related("author")
    return versions.defer("data", "new_ids").first()
