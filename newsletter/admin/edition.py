"""Admin of editions."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.base import TranslatedAdmin
from backoffice.forms import PortalForm, RowInline
from backoffice.item_pages import ItemPage, may_change, page_url
from backoffice.lists import badge
from localisation.languages import portal_languages
from newsletter.admin.edition_compose import compose
from newsletter.admin.edition_preview import mail, may_test, preview, send_test
from newsletter.admin.edition_sending import confirmation, sending
from newsletter.editions import SEND
from newsletter.models import Edition, EditionItem


class EditionForm(PortalForm):
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        choices=lambda: settings.LANGUAGES,
        initial=portal_languages,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Subscribers get the edition in their own language."),
    )


class EditionItemInline(RowInline):
    """Order and removal of items, which are added on the page “Choose items”."""

    model = EditionItem
    fields = ["about", "position"]
    readonly_fields = ["about"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("item")

    def has_add_permission(self, request, obj):
        return False

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.is_open)

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    @admin.display(description=gettext_lazy("item"))
    def about(self, row):
        if row.item is None:
            return _("deleted")
        kind = capfirst(row.item._meta.verbose_name)
        url = reverse(admin_urlname(row.item._meta, "change"), args=[row.object_id])
        return format_html('{} · <a href="{}">{}</a>', kind, url, row.item)


@admin.register(Edition)
class EditionAdmin(TranslatedAdmin):
    """Editions, editable until approved; then only the page “Sending” changes them."""

    menu_order = 55
    form = EditionForm
    change_form_template = "admin/edition_form.html"
    fieldsets = [
        (None, {"fields": ["subject", "introduction"]}),
        (
            gettext_lazy("Recipients"),
            {"fields": ["languages", "topics", "is_at_most_once"], "classes": ["closing"]},
        ),
    ]
    inlines = [EditionItemInline]
    list_display = ["subject", "state_now", "recipients", "started_at"]
    list_filter = ["state"]
    search_fields = ["subject"]
    sortable_by = ["started_at"]
    item_pages = [
        ItemPage("compose", compose, may_change),
        ItemPage("look", preview),
        ItemPage("mail", mail, rest="<slug:language>/"),
        ItemPage("test", send_test, may_test),
        ItemPage("sending", sending),
        ItemPage("sending", confirmation, rest="<slug:step>/"),
    ]

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    @admin.display(description=gettext_lazy("state"))
    def state_now(self, edition):
        return badge(edition.get_state_display(), edition.state)

    def has_change_permission(self, request, obj=None):
        may = super().has_change_permission(request, obj)
        return may and (obj is None or obj.is_open)

    def has_delete_permission(self, request, obj=None):
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or obj.is_open)

    def site_links(self, item):
        return super().site_links(item) if item.started_at else []

    def save_model(self, request, obj, form, change):
        if change and not Edition.objects.select_for_update().get(pk=obj.pk).is_open:
            raise PermissionDenied  # approved in the meantime
        obj.author = request.user
        super().save_model(request, obj, form, change)

    def response_add(self, request, obj, post_url_continue=None):
        """Redirect from a new edition to the choice of its items."""
        response = super().response_add(request, obj, post_url_continue)
        is_plain = "_addanother" not in request.POST and "_popup" not in request.POST
        return HttpResponseRedirect(page_url(obj, "compose")) if is_plain else response

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["edition"] = obj if obj and obj.pk else None
        context["may_send"] = request.user.has_perm(SEND)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)
