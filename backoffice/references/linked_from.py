"""The page of all that links to an item."""

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from backoffice.item_pages import item_page
from backoffice.references.mentions import MentionsPage

PER_PAGE = 100


def linked_from(request, admin, item):
    """Show all that links to an item."""
    found = MentionsPage(request, admin.model, [item.pk])
    found.page = Paginator(found.viewable, PER_PAGE).get_page(request.GET.get("page"))
    return item_page(
        request,
        admin,
        item,
        "admin/linked_from.html",
        _("Links to this item"),
        mentions=found,
        page_obj=found.page,
    )
