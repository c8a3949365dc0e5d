from django.contrib import admin

from backoffice.publishable import PublishableAdmin
from backoffice.rows import TranslatedRowInline
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
