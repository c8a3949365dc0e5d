from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backoffice.dashboard import closing_panel
from backoffice.forms import RowForm, TranslatedRowInline, ZonedForm
from backoffice.lists import CompletenessCheck, badge, picker
from backoffice.publishable import PublishableAdmin
from calls.models import (
    Call,
    CallContact,
    ConsortiumRule,
    FunderOffer,
    KeyDate,
    Project,
    ProjectParticipant,
    Question,
    Statistic,
)
from calls.status import Status


class KeyDateForm(ZonedForm, RowForm):
    zoned = ("at", "ends_at")


class KeyDateInline(TranslatedRowInline):
    model = KeyDate
    form = KeyDateForm
    is_leading = True
    fields = [
        ("kind", "certainty", "precision"),
        ("at", "ends_at", "timezone"),
        "note",
    ]
    help_texts = {"at": _("Local time in the time zone next to it.")}


class CallContactInline(TranslatedRowInline):
    model = CallContact
    fields = [
        ("name", "is_secretariat"),
        "function",
        "organisation",
        ("email", "phone"),
        "position",
    ]


class FunderOfferForm(ZonedForm, RowForm):
    zoned = ("extra_step_at",)


class FunderOfferInline(TranslatedRowInline):
    model = FunderOffer
    form = FunderOfferForm
    fields = [
        ("organisation", "region"),
        "programme",
        ("amount", "amount_currency", "amount_is_approximate"),
        ("max_per_partner", "max_per_coordinator", "expected_partners"),
        ("trl_from", "trl_to"),
        "eligible_kinds",
        "eligible_costs",
        "ineligible_costs",
        "extra_step",
        ("extra_step_at", "timezone", "extra_step_url"),
        "rules_document",
        "position",
    ]
    help_texts = {"extra_step_at": _("Local time in the time zone next to it.")}


class ConsortiumRuleInline(TranslatedRowInline):
    model = ConsortiumRule
    fields = [
        ("kind", "number", "counts"),
        "countries",
        "organisation_kinds",
        "clause",
        "section",
        "position",
    ]


class QuestionInline(TranslatedRowInline):
    model = Question
    fields = [("section", "answered_on"), "question", "answer", "position"]


class StatisticInline(TranslatedRowInline):
    model = Statistic
    fields = [
        ("stage", "unit"),
        ("organisation", "country"),
        ("submitted", "eligible", "invited", "funded"),
        ("amount_asked", "amount_granted", "currency"),
        ("as_of_on", "source_url"),
        "note",
        "position",
    ]


class StatusFilter(SimpleListFilter):
    title = _("status of the call")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return Status.choices

    def queryset(self, request, queryset):
        if self.value() in Status.values:
            return queryset.with_status(self.value())
        return queryset


@admin.register(Call)
class CallAdmin(PublishableAdmin):
    menu_order = 10
    lead_fields = [("kind", "reference"), "initiative"]
    fact_fields = [("budget", "budget_currency", "budget_is_approximate")]
    text_fields = ["aim", "eligibility"]
    related_fields = [("submission_url", "website"), "documents"]
    inlines = [
        KeyDateInline,
        CallContactInline,
        FunderOfferInline,
        ConsortiumRuleInline,
        QuestionInline,
        StatisticInline,
    ]
    columns = ["reference", "status_now", "closes_at"]
    filters = [StatusFilter, "kind", picker("initiative")]
    search_fields = ["title", "reference", "initiative__acronym"]
    list_select_related = ["initiative"]
    list_prefetch_related = ["key_dates"]
    date_hierarchy = "closes_at"
    type_completeness_checks = {
        "deadline": CompletenessCheck(_("no deadline"), lambda: Q(closes_at=None)),
        "contact": CompletenessCheck(_("no contact"), lambda: Q(contacts=None)),
        "budget": CompletenessCheck(_("no budget"), lambda: Q(budget=None)),
    }

    @admin.display(description=_("status"))
    def status_now(self, call):
        return badge(call.get_status_display(), call.status)

    def choice_note(self, item):
        parts = [super().choice_note(item), item.reference, str(item.get_status_display())]
        return " · ".join(filter(None, parts))

    def dashboard_panels(self, request):
        panels = super().dashboard_panels(request)
        calls = self.get_queryset(request).select_related("initiative")
        return [*panels, closing_panel(calls, "closes_at")] if panels else []


class ProjectParticipantInline(TranslatedRowInline):
    model = ProjectParticipant
    fields = [
        "organisation",
        ("role", "activity_type", "is_active"),
        ("net_contribution", "other_funding", "total_cost"),
        "note",
        "position",
    ]


@admin.register(Project)
class ProjectAdmin(PublishableAdmin):
    menu_order = 12
    lead_fields = [("acronym", "status"), "call", ("sub_call", "call_topic")]
    fact_fields = [
        ("starts_on", "ends_on", "precision"),
        ("total_cost", "eu_contribution", "currency"),
        ("grant_number", "doi"),
        ("programme", "funding_scheme"),
    ]
    text_fields = ["keywords", "fields_of_science"]
    related_fields = ["website", ("source_url", "record_number")]
    inlines = [ProjectParticipantInline]
    columns = ["grant_number", "status", "starts_on"]
    filters = ["status", picker("call")]
    search_fields = ["title", "acronym", "grant_number"]
