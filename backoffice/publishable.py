"""The admin of everything that is written, published and withdrawn."""

from django.contrib import admin
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from backoffice.bundle import Bundling
from backoffice.checks import Readiness
from backoffice.content import TranslatedAdmin
from backoffice.deleted import Deleted
from backoffice.desk import drafts_panel, edited_panel, gaps_panel, review_panel
from backoffice.drafts import Drafts
from backoffice.editing import Editing
from backoffice.filters import (
    EditedFilter,
    GapFilter,
    ResponsibilityFilter,
    ReviewFilter,
    StateFilter,
    picker,
)
from backoffice.gaps import COMMON_GAPS, language_gaps
from backoffice.history import History
from backoffice.marks import badge, language_marks
from backoffice.mentions import LinkedFrom
from backoffice.preview import Previews
from backoffice.preview_links import PreviewLinks
from backoffice.publication import Publication
from backoffice.review import Reviewing
from backoffice.review_lists import ReviewStateFilter, review_mark
from backoffice.schedule import Scheduling


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
