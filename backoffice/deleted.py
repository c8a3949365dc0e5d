"""What was deleted, and bringing it back."""

from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from publishing import workflow
from publishing.models import Revision

#: Deleted items on one page.
PER_PAGE = 50


class Deleted:
    """Mixin for the admin of a Publishable."""

    delete_confirmation_template = "admin/delete_publishable_confirmation.html"

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        return [
            path("deleted/", wrap(self.deleted_view), name=f"{name}_deleted"),
            path(
                "deleted/<int:number>/restore/",
                wrap(require_POST(self.restore_deleted_view)),
                name=f"{name}_restore_deleted",
            ),
            *super().get_urls(),
        ]

    def deleted(self):
        """The last version of each item of this type that is gone, the latest first."""
        gone = Revision.objects.of_type(self.model).filter(kind=Revision.Kind.DELETED)
        later = gone.filter(object_id=OuterRef("object_id"), number__gt=OuterRef("number"))
        alive = self.model._base_manager.filter(pk=OuterRef("object_id"))
        return gone.filter(~Exists(later), ~Exists(alive)).order_by("-created_at", "-pk")

    def require_may_restore(self, request):
        if not workflow.may("restore", item=self.model, by=request.user):
            raise PermissionDenied

    def changelist_view(self, request, extra_context=None):
        may = workflow.may("restore", item=self.model, by=request.user)
        return super().changelist_view(
            request, {"may_restore_deleted": may, **(extra_context or {})}
        )

    def deleted_view(self, request):
        self.require_may_restore(request)
        found = self.deleted().defer("data", "new_ids").select_related("author")
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Deleted"),
            "subtitle": None,
            "opts": self.opts,
            "page_obj": page,
        }
        return TemplateResponse(request, "admin/deleted.html", context)

    def restore_deleted_view(self, request, number):
        self.require_may_restore(request)
        revision = get_object_or_404(self.deleted(), pk=min(number, 2**63 - 1))
        try:
            item = workflow.restore_deleted(revision=revision, by=request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            name = admin_urlname(self.opts, "deleted")
            return HttpResponseRedirect(reverse(name))
        message = _("Restored as a draft.")
        self.log_change(request, item, message)
        self.message_user(request, message, messages.SUCCESS)
        return HttpResponseRedirect(self.change_url(item))
