from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from backoffice.base import TranslatedAdmin
from backoffice.forms import RowInline, TranslatedRowInline
from backoffice.lists import picker
from backoffice.publishable import PublishableAdmin
from initiatives.models import (
    Initiative,
    InitiativeRelation,
    KeyFigure,
    Milestone,
    Organisation,
    Participation,
    Region,
    Resource,
)
from localisation.fields import country_name


class ParticipationInline(TranslatedRowInline):
    model = Participation
    fields = [
        ("organisation", "role"),
        "note",
        ("amount", "amount_currency", "amount_is_approximate"),
        ("starts_on", "ends_on", "precision"),
        "is_expected",
        "position",
    ]


class RelationInline(RowInline):
    model = InitiativeRelation
    fk_name = "from_initiative"
    fields = [("kind", "to_initiative"), "position"]


class KeyFigureInline(TranslatedRowInline):
    model = KeyFigure
    fields = ["label", ("qualifier", "value", "as_of_on"), "unit", "note", "position"]


class MilestoneInline(TranslatedRowInline):
    model = Milestone
    fields = ["title", ("happens_on", "precision"), "text", ("url", "document"), "position"]


class ResourceInline(TranslatedRowInline):
    model = Resource
    fields = [
        "title",
        "group",
        ("url", "document"),
        ("organisation", "language", "dated_on"),
        "position",
    ]


@admin.register(Initiative)
class InitiativeAdmin(PublishableAdmin):
    menu_order = 20
    lead_fields = [("kind", "acronym")]
    fact_fields = [
        ("starts_on", "starts_precision"),
        ("ends_on", "ends_precision"),
        "duration_months",
        ("budget", "budget_currency", "budget_is_approximate"),
        ("funding_scheme", "grant_agreement"),
    ]
    related_fields = ["website"]
    inlines = [
        ParticipationInline,
        KeyFigureInline,
        MilestoneInline,
        ResourceInline,
        RelationInline,
    ]
    columns = ["kind", "starts_on", "ends_on"]
    filters = ["kind"]
    search_fields = ["title", "acronym", "grant_agreement"]


@admin.register(Organisation)
class OrganisationAdmin(TranslatedAdmin):
    menu_order = 22
    slug_source = "name"
    fieldsets = [
        (_("Main details"), {"fields": ["name", "acronym", "kind", "logo"]}),
        (_("Text"), {"fields": ["description"]}),
        (
            _("Location"),
            {
                "fields": [
                    ("country", "region"),
                    "street",
                    ("postal_code", "city"),
                    ("latitude", "longitude"),
                ]
            },
        ),
        (_("Links"), {"fields": ["website", "ror_id"]}),
        (_("Address"), {"fields": ["slug"], "classes": ["closing"]}),
    ]
    list_display = ["full_name", "kind", "country", "city", "updated_at"]
    list_filter = ["kind", picker("region")]
    list_select_related = ["region"]
    search_fields = ["name", "acronym", "city", "ror_id"]
    ordering = ["-updated_at"]
    sortable_by = ["updated_at"]

    @admin.display(description=_("name"))
    def full_name(self, organisation):
        return str(organisation)

    def choice_note(self, item):
        country = country_name(item.country)
        return ", ".join(filter(None, [item.city, country]))


@admin.register(Region)
class RegionAdmin(TranslatedAdmin):
    menu_order = 24
    fields = ["code", "name"]
    list_display = ["code", "name"]
    search_fields = ["code", "name"]
    ordering = ["code"]
    help_texts = {"code": _("NUTS code of the region, for example BE2 or DEA23.")}

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []
