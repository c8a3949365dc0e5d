from django.contrib import admin

from pages.models import Page, PagePoint
from publishing.admin import PublishableAdmin, TranslatedRowInline


class PagePointInline(TranslatedRowInline):
    model = PagePoint


@admin.register(Page)
class PageAdmin(PublishableAdmin):
    menu_order = 40
    lead_fields = [("menu", "menu_position")]
    columns = ["menu"]
    filters = ["menu"]
    inlines = [PagePointInline]
