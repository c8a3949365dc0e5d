"""The admin of everything that is written, published and withdrawn."""

from django.contrib import admin
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from publishing.admin.base.admins import TranslatedAdmin
from publishing.admin.bundles.bundle import Bundling
from publishing.admin.dashboard.panels import (
    drafts_panel,
    edited_panel,
    gaps_panel,
    review_panel,
)
from publishing.admin.editing.autosave import Editing
from publishing.admin.editing.drafts import Drafts
from publishing.admin.history.deleted import Deleted
from publishing.admin.history.versions import History
from publishing.admin.lists.badges import badge, language_marks
from publishing.admin.lists.completeness import COMMON_GAPS, language_gaps
from publishing.admin.lists.filters import (
    EditedFilter,
    GapFilter,
    ResponsibilityFilter,
    ReviewFilter,
    StateFilter,
    picker,
)
from publishing.admin.preview.links import PreviewLinks
from publishing.admin.preview.panes import Previews
from publishing.admin.publication.checks import Readiness
from publishing.admin.publication.publishing import Publication
from publishing.admin.references.mentions import LinkedFrom
from publishing.admin.review.lists import ReviewStateFilter, review_mark
from publishing.admin.review.reviewing import Reviewing
from publishing.admin.scheduling.schedule import Scheduling


class PublishableAdmin(
    Editing,
    Scheduling,
    Bundling,
    Deleted,
    Reviewing,
    Publication,
    Readiness,
    Previews,
    PreviewLinks,
    LinkedFrom,
    History,
    Drafts,
    TranslatedAdmin,
):
    """Base for the admin of a Publishable.

    A subclass names its own fields, by the section of the form in which they stand, its
    columns and filters, and what a complete item has.
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
    #: name -> Gap: what items of this type should have, beside what all should.
    own_gaps = {}

    search_fields = ("title",)
    ordering = ("-updated_at",)
    sortable_by = ("updated_at", "review_on")
    slug_source = "title"
    is_quick_to_add = True

    @cached_property
    def gaps(self):
        return self.own_gaps | COMMON_GAPS | language_gaps()

    def get_fieldsets(self, request, obj=None):
        opening = [
            (_("What readers see first"), ["title", *self.lead_fields, "summary"]),
            (_("Dates and money"), self.fact_fields),
            (_("Text"), ["body", *self.text_fields]),
            (_("Picture and topics"), ["lead_image", "topics"]),
            (_("Links and related items"), self.related_fields),
        ]
        closing = [
            (_("Address and search engines"), ["slug", "seo_title", "seo_description"]),
            (_("For us"), [("owner", "review_on")]),
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

    def get_list_display(self, request):
        return ["item", *self.columns, "state_now", "in_languages", "updated_at"]

    def get_list_filter(self, request):
        common = [GapFilter, picker("topics"), ResponsibilityFilter, ReviewFilter, EditedFilter]
        return [StateFilter, ReviewStateFilter, *self.filters, *common]

    @admin.display(description=_("title"))
    def item(self, obj):
        return str(obj)

    @admin.display(description=_("state"))
    def state_now(self, obj):
        return format_html("{}{}", badge(obj.get_state_display(), obj.state), review_mark(obj))

    @admin.display(description=_("languages"))
    def in_languages(self, obj):
        return language_marks(obj.languages)

    def choice_note(self, item):
        return "" if item.is_published else item.get_state_display()

    # Start page ------------------------------------------------------------------------

    def desk_panels(self, request):
        if not self.has_view_permission(request):
            return []
        items = self.get_queryset(request)
        panels = [
            drafts_panel(request, self.model),
            edited_panel(items),
            review_panel(items, request.user),
        ]
        if self.may_publish(request):
            panels.append(gaps_panel(items, self.gaps))
        return panels + super().desk_panels(request)
