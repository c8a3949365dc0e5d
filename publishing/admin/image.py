from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from publishing.admin.content import TranslatedAdmin
from publishing.admin.filters import AltTextFilter
from publishing.models import Image
from publishing.widgets import FocalPointInput, PictureInput


@admin.register(Image)
class ImageAdmin(TranslatedAdmin):
    menu_order = 52
    fieldsets = [
        (None, {"fields": ["file", "focal_point", "name"]}),
        (_("For those who don't see it"), {"fields": ["is_decorative", "alt_text"]}),
        (_("Rights"), {"fields": ["credit", ("licence", "source")]}),
    ]
    help_texts = {
        "focal_point": _(
            "What must stay visible in every crop: click on the picture or move the sliders."
        ),
        "credit": _("As the author or agency wants to be named. Readers see it."),
        "source": _("Where the picture was found or bought. Never shown to the public."),
    }
    list_display = ["thumbnail", "name", "alternative", "licence", "size", "created_at"]
    list_display_links = ["name"]
    list_filter = [AltTextFilter, "licence"]
    search_fields = ["name", "alt_text", "credit"]
    sortable_by = ["name", "created_at"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "file":
            field.widget = PictureInput()
        if db_field.name == "focal_point":
            field.widget = FocalPointInput()
        return field

    @admin.display(description=_("picture"))
    def thumbnail(self, image):
        return format_html(
            '<img class="thumbnail" src="{}" width="96" height="60" alt="" loading="lazy">',
            image.file.webp_480,
        )

    @admin.display(description=_("alternative text"))
    def alternative(self, image):
        return _("Decorative") if image.is_decorative else image.alt_text

    @admin.display(description=_("size"))
    def size(self, image):
        return f"{image.width} × {image.height}" if image.width else ""

    def choice_note(self, item):
        return item.get_licence_display()
