"""The admin of everything that is written, published and withdrawn."""

from django.contrib import admin
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backoffice.base import SiteLinks
from backoffice.bundles import add_to_bundle
from backoffice.dashboard import completeness_panel, drafts_panel, edited_panel, review_panel
from backoffice.editing import Notes, OpenDraft, UnsavedWork
from backoffice.lists import (
    COMMON_COMPLETENESS_CHECKS,
    CompletenessFilter,
    EditedFilter,
    ResponsibilityFilter,
    ReviewFilter,
    StateFilter,
    badge,
    language_badges,
    picker,
    translation_checks,
)
from backoffice.preview import PreviewPane
from backoffice.publication import PublicationState, ReadinessFindings
from backoffice.publishable.form import EditingAdmin
from backoffice.publishable.pages import ITEM_PAGES, TYPE_PAGES
from backoffice.review import (
    ReviewPart,
    ReviewStateFilter,
    review_badge,
    review_panels,
)
from backoffice.scheduling import WaitingSchedules, item_schedule_panels
from publishing import workflow


class PublishableAdmin(EditingAdmin):
    """Base for the admin of a Publishable.

    A subclass names its own fields by the section of the form, its columns and filters, and
    what a complete item has.
    """

    #: Fields of "What readers see first", before the summary.
    lead_fields = ()
    #: Fields of "Dates and money".
    fact_fields = ()
    #: Fields of "Text", after the body.
    text_fields = ()
    #: Fields of "Links and related items".
    related_fields = ()
    #: Columns of the list between the title and the state.
    columns = ()
    #: Filters of the list, before those that every type has.
    filters = ()
    #: name -> CompletenessCheck of items of this type, beside those of all.
    type_completeness_checks = {}

    search_fields = ("title",)
    ordering = ("-updated_at",)
    sortable_by = ("updated_at", "review_on")
    slug_source = "title"
    is_quick_to_add = True
    actions = (add_to_bundle,)
    item_pages = ITEM_PAGES
    type_pages = TYPE_PAGES
    form_parts = (
        SiteLinks,
        UnsavedWork,
        OpenDraft,
        Notes,
        PublicationState,
        ReadinessFindings,
        WaitingSchedules,
        ReviewPart,
        PreviewPane,
    )
    delete_confirmation_template = "admin/delete_publishable_confirmation.html"

    @cached_property
    def completeness_checks(self):
        return self.type_completeness_checks | COMMON_COMPLETENESS_CHECKS | translation_checks()

    def get_fieldsets(self, request, obj=None):
        opening = [
            (_("Main details"), ["title", *self.lead_fields, "summary"]),
            (_("Dates and amounts"), self.fact_fields),
            (_("Text"), ["body", *self.text_fields]),
            (_("Image and topics"), ["lead_image", "topics"]),
            (_("Links and related items"), self.related_fields),
        ]
        closing = [
            (_("Address and search engines"), ["slug", "seo_title", "seo_description"]),
            (_("Internal"), [("owner", "review_on")]),
        ]
        return [
            (name, {"fields": self.replace_orig_field(fields), "classes": [place]})
            for place, parts in (("opening", opening), ("closing", closing))
            for name, fields in parts
            if fields
        ]

    def get_changeform_initial_data(self, request):
        return {"owner": request.user.pk, **super().get_changeform_initial_data(request)}

    # Lists -----------------------------------------------------------------------------

    def changelist_view(self, request, extra_context=None):
        may = workflow.may("restore", item=self.model, by=request.user)
        shown = {"may_restore_deleted": may, **(extra_context or {})}
        return super().changelist_view(request, shown)

    def has_bundle_permission(self, request):
        """Allow the action `add_to_bundle`."""
        return request.user.has_perm("publishing.change_bundle")

    def get_list_display(self, request):
        return ["item", *self.columns, "state_now", "in_languages", "updated_at"]

    def get_list_filter(self, request):
        common = [
            CompletenessFilter,
            picker("topics"),
            ResponsibilityFilter,
            ReviewFilter,
            EditedFilter,
        ]
        return [StateFilter, ReviewStateFilter, *self.filters, *common]

    @admin.display(description=_("title"))
    def item(self, obj):
        return str(obj)

    @admin.display(description=_("state"))
    def state_now(self, obj):
        return format_html("{}{}", badge(obj.get_state_display(), obj.state), review_badge(obj))

    @admin.display(description=_("languages"))
    def in_languages(self, obj):
        return language_badges(obj.languages)

    def choice_note(self, item):
        return "" if item.is_published else item.get_state_display()

    def site_url(self, item, language):
        """Return None where the public finds nothing: no publication, no translation."""
        if not item.is_published or language not in item.languages:
            return None
        return super().site_url(item, language)

    # Deletion: those who may not publish can't delete what the public sees ---------------

    def has_delete_permission(self, request, obj=None):
        may = super().has_delete_permission(request, obj)
        return may and not self.requires_publish_permission(request, obj)

    def requires_publish_permission(self, request, item):
        return bool(item and item.pk and item.is_published and not self.may_publish(request))

    def get_deleted_objects(self, objs, request):
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        if any(self.requires_publish_permission(request, item) for item in objs):
            lacking.add(gettext("published %s") % self.opts.verbose_name_plural)
        return deleted, counts, lacking, protected

    def delete_model(self, request, obj):
        workflow.record_deletion(obj, by=request.user)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        for item in queryset:
            workflow.record_deletion(item, by=request.user)
        super().delete_queryset(request, queryset)

    # Start page ------------------------------------------------------------------------

    def dashboard_panels(self, request):
        if not self.has_view_permission(request):
            return []
        items = self.get_queryset(request)
        panels = [
            drafts_panel(request, self.model),
            edited_panel(items),
            review_panel(items, request.user),
            *review_panels(request, items),
            *item_schedule_panels(request, self.model),
        ]
        return (
            [*panels, completeness_panel(items, self.completeness_checks)]
            if self.may_publish(request)
            else panels
        )
