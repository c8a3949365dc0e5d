from django.contrib import admin

from backoffice.forms import TranslatedRowInline
from backoffice.publishable import PublishableAdmin
from pages.models import Page, PagePoint


class PagePointInline(TranslatedRowInline):
    model = PagePoint


@admin.register(Page)
class PageAdmin(PublishableAdmin):
    menu_order = 40
    lead_fields = [("menu", "menu_position")]
    columns = ["menu"]
    filters = ["menu"]
    inlines = [PagePointInline]
