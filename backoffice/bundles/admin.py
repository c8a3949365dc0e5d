"""The admin of bundles."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.base import PortalAdmin, SiteLinks
from backoffice.bundles.contents import BundleContents, BundleErrors, general_error
from backoffice.bundles.permissions import may_publish_bundle, may_remove_entries
from backoffice.bundles.scheduling import BundleScheduleView, bundle_panels
from backoffice.editing import reason_of
from backoffice.item_pages import ItemPage, change_url, report
from backoffice.lists import badge
from publishing import workflow
from publishing.models import Bundle


@admin.register(Bundle)
class BundleAdmin(PortalAdmin):
    """Bundles are filled from the lists of items, where these are ticked."""

    fields = ("title",)
    search_fields = ("title",)
    list_display = ("title", "number_of_items", "state_now", "created_at")
    sortable_by = ("created_at",)
    ordering = ("-created_at",)
    menu_order = 60
    change_form_template = "admin/bundle_form.html"
    item_pages = (ItemPage("schedule", BundleScheduleView.as_view(), may=may_publish_bundle),)
    form_parts = (SiteLinks, BundleErrors, BundleContents)

    # List ------------------------------------------------------------------------------

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("items", "schedules")

    @admin.display(description=gettext_lazy("items"))
    def number_of_items(self, obj):
        return len(obj.items.all())

    @admin.display(description=gettext_lazy("state"))
    def state_now(self, obj):
        if any(schedule.is_waiting for schedule in obj.schedules.all()):
            return badge(_("Scheduled"), "scheduled")
        return badge(_("Published"), "published") if obj.published_at else ""

    def has_delete_permission(self, request, obj=None):
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or may_remove_entries(request, self, obj))

    # Form: validate, write, do what the button says, answer -----------------------------

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show the form or save it. If saving is refused, show it again as it was sent."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as error:
            request.save_error = error
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        if save_error := getattr(request, "save_error", None):
            form.workflow_errors = {None: general_error(save_error)}
        return form

    def save_model(self, request, obj, form, change):
        obj.author = obj.author or request.user
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if "_publish" in request.POST:
            self.publish(request, form.instance)
        elif key := request.POST.get("_take_out"):
            self.remove_entry(request, form.instance, key)

    def publish(self, request, bundle):
        if not may_publish_bundle(request, self, bundle):
            raise PermissionDenied
        workflow.publish_bundle(bundle=bundle, by=request.user, reason=reason_of(request))

    def remove_entry(self, request, bundle, key):
        if not may_remove_entries(request, self, bundle):
            raise PermissionDenied
        for entry in bundle.items.all():
            if str(entry.pk) == key:
                entry.delete()

    def response_change(self, request, obj):
        if "_publish" in request.POST:
            success_message = _("Everything in this bundle is public now.")
        elif "_take_out" in request.POST:
            success_message = _("Removed from the bundle.")
        else:
            return super().response_change(request, obj)
        report(request, self, obj, success_message)
        return HttpResponseRedirect(change_url(obj))

    # Start page ------------------------------------------------------------------------

    def dashboard_panels(self, request):
        may = self.has_view_permission(request)
        return bundle_panels(request, self) if may else []
