"""Panel of one's own drafts."""

from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backoffice.dashboard.panel import Entry, Panel
from publishing.models import Revision

#: Drafts of a member of staff that are looked for.
MAX_DRAFTS = 50


def own_drafts(request):
    """Return the member of staff's drafts that nobody has published or changed since.

    Those of all types, with one query a request.
    """
    if not hasattr(request, "own_drafts"):
        later = Revision.objects.filter(
            content_type=OuterRef("content_type"),
            object_id=OuterRef("object_id"),
            number__gt=OuterRef("number"),
        )
        mine = Revision.objects.drafts().filter(~Exists(later), author=request.user)
        mine = mine.defer("data", "new_ids").order_by("-created_at")
        request.own_drafts = list(mine[:MAX_DRAFTS])
    return request.own_drafts


def drafts_panel(request, model):
    """Return the panel of the member of staff's drafts of one type."""
    content_type = ContentType.objects.get_for_model(model)
    mine = [draft for draft in own_drafts(request) if draft.content_type_id == content_type.pk]
    options = model._meta
    name = admin_urlname(options, "change")
    kind = str(options.verbose_name)
    return Panel(
        key="drafts",
        title=_("My drafts"),
        order=7,
        entries=[
            Entry(draft.title, reverse(name, args=[draft.object_id]), kind, draft.created_at)
            for draft in mine
        ],
        empty=_("You have no drafts."),
        is_latest_first=True,
        shows_time=True,
    )
