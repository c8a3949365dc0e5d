"""Deleted items of a type, and their restoration."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.item_pages import change_url, report, type_page, type_page_url
from publishing import workflow
from publishing.models import Revision

#: Deleted items on one page.
PER_PAGE = 50
#: The largest number that the databases hold.
MAX_NUMBER = 2**63 - 1


def deleted_items(model):
    """Return the last version of each deleted item of this type, the latest first."""
    gone = Revision.objects.of_type(model).filter(kind=Revision.Kind.DELETED)
    later = gone.filter(object_id=OuterRef("object_id"), number__gt=OuterRef("number"))
    alive = model._base_manager.filter(pk=OuterRef("object_id"))
    return gone.filter(~Exists(later), ~Exists(alive)).order_by("-created_at", "-pk")


def deleted(request, admin):
    """List the deleted items."""
    found = deleted_items(admin.model).defer("data", "new_ids").select_related("author")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    template = "admin/deleted.html"
    return type_page(request, admin, template, _("Deleted"), subtitle=None, page_obj=page)


@require_POST
def restore_deleted(request, admin, number):
    """Restore a deleted item as a draft."""
    revision = get_object_or_404(deleted_items(admin.model), pk=min(number, MAX_NUMBER))
    try:
        item = workflow.restore_deleted(revision=revision, by=request.user)
    except ValidationError as error:
        admin.message_user(request, " ".join(error.messages), messages.ERROR)
        return HttpResponseRedirect(type_page_url(admin.model, "deleted"))
    report(request, admin, item, _("Restored as a draft."))
    return HttpResponseRedirect(change_url(item))
