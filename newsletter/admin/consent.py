from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from backoffice.base import MAX_QUERY, PortalAdmin
from backoffice.forms import PortalForm
from newsletter.admin.read_only import ReadOnlyAdmin
from newsletter.models import (
    ConsentEvent,
    Refusal,
    Suppression,
    Wording,
    address_hashes,
    normalise_email,
)


class SearchByAddressMixin:
    """Mixin that finds rows with an address hash by the whole address."""

    search_fields = ["address_hash"]
    search_help_text = _("Enter the complete e-mail address.")

    def get_search_results(self, request, queryset, search_term):
        term = normalise_email(search_term)[:MAX_QUERY]
        if not term:
            return queryset, False
        return queryset.filter(address_hash__in=[*address_hashes(term), term]), False


@admin.register(ConsentEvent)
class ConsentEventAdmin(SearchByAddressMixin, ReadOnlyAdmin):
    """Read-only consent log."""

    menu_order = 62
    fields = [
        "event",
        "at",
        "subscriber",
        "form_address",
        "purposes",
        "wording_id",
        "wording_language",
        "wording_hash",
        "message_id",
        "network",
        "address_hash",
    ]
    readonly_fields = fields
    list_display = ["event", "at", "form_address", "wording_id", "wording_language"]
    list_filter = ["event", "at"]
    sortable_by = []


@admin.register(Wording)
class WordingAdmin(ReadOnlyAdmin):
    menu_order = 63
    fields = ["identifier", "language", "text", "text_hash", "created_at"]
    readonly_fields = fields
    list_display = ["identifier", "language", "text", "created_at"]
    sortable_by = []


class SuppressionForm(PortalForm):
    """Form that takes an address and stores only its hash."""

    email = forms.EmailField(label=_("e-mail address"), max_length=254)

    class Meta:
        model = Suppression
        fields = ["note"]

    def clean_email(self):
        email = normalise_email(self.cleaned_data["email"])
        if Suppression.objects.is_suppressed(email):
            raise forms.ValidationError(_("This address is already blocked."))
        return email

    def save(self, commit=True):
        self.instance.address_hash = address_hashes(self.cleaned_data["email"])[0]
        self.instance.reason = Suppression.Reason.STAFF
        return super().save(commit)


@admin.register(Suppression)
class SuppressionAdmin(SearchByAddressMixin, PortalAdmin):
    """Suppressed addresses; deleting a row allows mail to its address again."""

    menu_order = 64
    form = SuppressionForm
    list_display = ["__str__", "reason", "note", "created_at"]
    list_filter = ["reason", "created_at"]
    sortable_by = []

    def get_fields(self, request, obj=None):
        return ["address_hash", "reason", "note", "created_at"] if obj else ["email", "note"]

    def get_readonly_fields(self, request, obj=None):
        return self.get_fields(request, obj) if obj else []

    def get_form(self, request, obj=None, **kwargs):
        # An existing suppression is read-only and needs no form.
        return super().get_form(request, obj, **({"fields": []} if obj else kwargs))

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Refusal)
class RefusalAdmin(ReadOnlyAdmin):
    """Refused requests by day and reason."""

    menu_order = 65
    fields = ["on", "reason", "count"]
    readonly_fields = fields
    list_display = ["on", "reason", "count"]
    list_filter = ["reason", "on"]
    sortable_by = []
