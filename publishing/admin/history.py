"""The history of an item in the admin: versions, comparing, restoring, undoing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from publishing import changes, workflow
from publishing.languages import portal_languages
from publishing.models import Revision
from publishing.views import preview
from publishing.workflow import Conflict

#: Versions on one page of the history.
PER_PAGE = 50


class History:
    """Mixin for the admin of a Publishable."""

    def get_urls(self):
        return [
            self.item_url("compare", self.compare_view, "<int:old>/<int:new>/"),
            self.item_url("restore", self.restore_view, "<int:number>/"),
            self.item_url("discard", self.discard_view),
            self.item_url("preview", self.preview_view, "<slug:language>/"),
            self.item_url("undo", self.undo_view),
            *super().get_urls(),
        ]

    def item_url(self, verb, view, rest=""):
        name = f"{self.opts.app_label}_{self.opts.model_name}_{verb}"
        wrapped = self.admin_site.admin_view(view)
        return path(f"<path:object_id>/{verb}/{rest}", wrapped, name=name)

    def live_item(self, request, object_id):
        """The item's row. Raises Http404, and PermissionDenied for who may not see it."""
        try:
            item = self.get_queryset(request).filter(pk=object_id).first()
        except (ValueError, ValidationError):
            item = None
        if item is None:
            raise Http404
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        return item

    def item_page(self, request, item, template, title, **context):
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "original": item,
            "opts": self.opts,
            "change_url": self.change_url(item),
            "history_url": self.history_url(item),
            **context,
        }
        return TemplateResponse(request, template, context)

    def history_url(self, item):
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_history"
        return reverse(name, args=[item.pk])

    def history_view(self, request, object_id, extra_context=None):
        """All versions, the newest first, with who, when and why."""
        item = self.live_item(request, object_id)
        versions = Revision.objects.of(item).defer("data").select_related("author")
        page = Paginator(versions, PER_PAGE).get_page(request.GET.get("page"))
        return self.item_page(
            request,
            item,
            "admin/versions.html",
            _("History"),
            page_obj=page,
            may_change=self.has_change_permission(request, item),
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

    def preview_view(self, request, object_id, language):
        """The newest version, draft or not, as its public page would show it."""
        item = self.live_item(request, object_id)
        if language not in portal_languages():
            raise Http404
        return preview(request, workflow.draft_of(item), language)

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
            _("The draft is discarded. It stays in the history."),
        )

    def undo_view(self, request, object_id):
        item = self.live_item(request, object_id)
        return self.carry_out(
            request,
            item,
            lambda: workflow.undo_publish(item=item, by=request.user),
            _("Undone: readers see again what they saw before."),
        )

    def carry_out(self, request, item, action, done):
        """Do what a button asks for, on POST only, and go back to the form."""
        return require_POST(self._carry_out)(request, item, action, done)

    def _carry_out(self, request, item, action, done):
        try:
            action()
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
        except Conflict as conflict:
            self.message_user(request, str(conflict), messages.ERROR)
        else:
            self.log_change(request, item, done)
            self.message_user(request, done, messages.SUCCESS)
        return HttpResponseRedirect(self.change_url(item))

    def delete_model(self, request, obj):
        workflow.record_deletion(obj, by=request.user)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        for item in queryset:
            workflow.record_deletion(item, by=request.user)
        super().delete_queryset(request, queryset)
