"""Versions of an item: the list of them, and the differences between two."""

from django.core.paginator import Paginator
from django.db.models import Case, F, OuterRef, Subquery, When
from django.http import Http404
from django.utils.translation import gettext as _

from backoffice.item_pages import item_page
from publishing import workflow
from publishing.models import Revision
from publishing.revisions import changes

#: Versions on one page of the history.
PER_PAGE = 50


def history(request, admin, item):
    """Show all versions, the newest first, with who, when and why."""
    versions = with_former(Revision.objects.of(item))
    versions = versions.defer("data").select_related("author")
    page = Paginator(versions, PER_PAGE).get_page(request.GET.get("page"))
    return item_page(
        request,
        admin,
        item,
        "admin/versions.html",
        _("History"),
        page_obj=page,
        may_change=admin.has_change_permission(request, item),
        last=last_publication(item),
        may_undo=workflow.may("undo", item=item, by=request.user) and item.is_published,
    )


def compare(request, admin, item, old, new):
    """Show the differences between two versions, field by field and row by row."""
    sides = [version_of(item, number) for number in (old, new)]
    found = changes.describe(
        admin.model, *(workflow.renumbered_snapshot(side) for side in sides)
    )
    return item_page(
        request,
        admin,
        item,
        "admin/compare.html",
        _("Compare versions"),
        old=sides[0],
        new=sides[1],
        changes=found,
        may_change=admin.has_change_permission(request, item),
    )


def version_of(item, number):
    """Return one version of the item. Raises Http404."""
    revision = Revision.objects.of(item).filter(number=number).first()
    if revision is None:
        raise Http404
    return revision


def with_former(versions):
    """Annotate each with the number of the one it is compared with, as `former`.

    A publication is compared with the one before it: the draft that it publishes is the same.
    """
    same_kind = {name: OuterRef(name) for name in ("content_type", "object_id", "kind")}
    earlier = Revision.objects.filter(**same_kind, number__lt=OuterRef("number"))
    published_before = Subquery(earlier.order_by("-number").values("number")[:1])
    is_published = When(kind=Revision.Kind.PUBLISHED, then=published_before)
    return versions.annotate(former=Case(is_published, default=F("number") - 1))


def last_publication(item):
    """Return the published version that an undo would undo, or None."""
    published = Revision.objects.of(item).published().defer("data")
    return published.select_related("source").defer("source__data").first()
