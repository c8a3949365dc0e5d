"""The report of broken links: a list that leads to the fields."""

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.contrib.contenttypes.models import ContentType
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from backoffice.base import PortalAdmin
from backoffice.references.broken_link_panel import panel
from backoffice.references.broken_link_texts import (
    field_url,
    last_check,
    name_targets,
    path_label,
    problem_label,
)
from backoffice.references.viewable import viewable_types
from publishing.models import BrokenLink


class TypeFilter(SimpleListFilter):
    title = _("type")
    parameter_name = "type"

    def lookups(self, request, model_admin):
        types = [ContentType.objects.get_for_id(key) for key in model_admin.types(request)]
        return [(t.model, capfirst(t.model_class()._meta.verbose_name_plural)) for t in types]

    def queryset(self, request, queryset):
        return queryset.filter(content_type__model=self.value()) if self.value() else queryset


@admin.register(BrokenLink)
class BrokenLinkAdmin(PortalAdmin):
    """Result of the last check, for those who may view items of the type.

    The portal itself writes it: a link leaves the list once it is mended and checked again.
    """

    menu_order = 60
    change_list_template = "admin/broken_links.html"
    list_display = ["item_link", "field_label", "target_text", "problem_text", "since"]
    list_display_links = None
    list_filter = [TypeFilter, "problem", "is_external"]
    ordering = ["-since", "-pk"]
    sortable_by = ["since"]
    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return bool(self.types(request)) and obj is None

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def types(self, request):
        """Return the keys of the content types that this member of staff may view."""
        if not hasattr(request, "viewable_types"):
            request.viewable_types = viewable_types(request)
        return request.viewable_types

    def get_queryset(self, request):
        found = super().get_queryset(request).filter(content_type__in=self.types(request))
        return found.prefetch_related("item")

    def changelist_view(self, request, extra_context=None):
        shown = {"last_check": last_check(), **(extra_context or {})}
        return super().changelist_view(request, shown)

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        name_targets(request, changelist.result_list)
        return changelist

    @admin.display(description=_("item"))
    def item_link(self, link):
        if link.item is None:  # deleted since the check
            return "–"
        return format_html('<a href="{}">{}</a>', field_url(link), link.item)

    @admin.display(description=_("field"))
    def field_label(self, link):
        return path_label(link)

    @admin.display(description=_("address"))
    def target_text(self, link):
        return format_html('<span class="address">{}</span>', link.target)

    @admin.display(description=_("problem"), ordering="problem")
    def problem_text(self, link):
        return problem_label(link)

    def dashboard_panels(self, request):
        if not self.has_view_permission(request):
            return []
        return [panel(request, self.get_queryset(request))]
