"""The history of an item in the admin: versions, comparing, restoring, undoing."""

from django.core.paginator import Paginator
from django.db.models import Case, F, OuterRef, Subquery, When
from django.http import Http404
from django.utils.translation import gettext as _

from backoffice.drafts import version_number
from backoffice.item_pages import ItemPages
from publishing import workflow
from publishing.models import Revision
from publishing.revisions import changes

#: Versions on one page of the history.
PER_PAGE = 50


class History(ItemPages):
    """Mixin for the admin of a Publishable."""

    def get_urls(self):
        return [
            self.item_url("compare", self.compare_view, "<int:old>/<int:new>/"),
            self.item_url("restore", self.restore_view, "<int:number>/"),
            self.item_url("discard", self.discard_view),
            self.item_url("undo", self.undo_view),
            *super().get_urls(),
        ]

    def history_view(self, request, object_id, extra_context=None):
        """All versions, the newest first, with who, when and why."""
        item = self.live_item(request, object_id)
        versions = with_former(Revision.objects.of(item))
        versions = versions.defer("data").select_related("author")
        page = Paginator(versions, PER_PAGE).get_page(request.GET.get("page"))
        return self.item_page(
            request,
            item,
            "admin/versions.html",
            _("History"),
            page_obj=page,
            may_change=self.has_change_permission(request, item),
            last=last_publication(item),
            may_undo=workflow.may("undo", item=item, by=request.user) and item.is_published,
        )

    def compare_view(self, request, object_id, old, new):
        """What differs between two versions, field by field and row by row."""
        item = self.live_item(request, object_id)
        sides = [self.version(item, number) for number in (old, new)]
        found = changes.describe(self.model, *(workflow.up_to_date(side) for side in sides))
        return self.item_page(
            request,
            item,
            "admin/compare.html",
            _("Compare versions"),
            old=sides[0],
            new=sides[1],
            changes=found,
            may_change=self.has_change_permission(request, item),
        )

    def version(self, item, number):
        """One version of the item. Raises Http404."""
        revision = Revision.objects.of(item).filter(number=number).first()
        if revision is None:
            raise Http404
        return revision

    def restore_view(self, request, object_id, number):
        item = self.live_item(request, object_id)
        revision = self.version(item, number)
        return self.carry_out(
            request,
            item,
            lambda: workflow.restore(revision=revision, by=request.user),
            _("Version %(number)s is the newest draft now.") % {"number": number},
        )

    def discard_view(self, request, object_id):
        item = self.live_item(request, object_id)
        return self.carry_out(
            request,
            item,
            lambda: workflow.discard_draft(item=item, by=request.user),
            _("Draft discarded. It stays in the history."),
        )

    def undo_view(self, request, object_id):
        """Undo the publication that the page named, or an undo of one."""
        item = self.live_item(request, object_id)
        seen = version_number(request.POST.get("_seen"))
        last = last_publication(item)
        done = _("Undone. Readers see the previous version again.")
        if last and last.undone:
            done = _("Version %(number)s is public again.") % {"number": last.undone.number}
        return self.carry_out(
            request,
            item,
            lambda: workflow.undo_publish(item=item, by=request.user, seen=seen),
            done,
        )

    def delete_model(self, request, obj):
        workflow.record_deletion(obj, by=request.user)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        for item in queryset:
            workflow.record_deletion(item, by=request.user)
        super().delete_queryset(request, queryset)


def with_former(versions):
    """Each with the number of the one it is compared with as `former`, if there is one.

    A publication is compared with the one before it: the draft that it publishes is the same.
    """
    same_kind = {name: OuterRef(name) for name in ("content_type", "object_id", "kind")}
    earlier = Revision.objects.filter(**same_kind, number__lt=OuterRef("number"))
    published_before = Subquery(earlier.order_by("-number").values("number")[:1])
    is_published = When(kind=Revision.Kind.PUBLISHED, then=published_before)
    return versions.annotate(former=Case(is_published, default=F("number") - 1))


def last_publication(item):
    """The published version that an undo would undo, or None."""
    published = Revision.objects.of(item).published().defer("data")
    return published.select_related("source").defer("source__data").first()
