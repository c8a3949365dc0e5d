"""Images in the admin."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from backoffice.base import TranslatedAdmin
from backoffice.lists import AltTextFilter
from backoffice.widgets import FocalPointInput, PictureInput
from localisation.languages import localized, portal_languages
from media.models import Image
from publishing import workflow
from publishing.models import Publishable


@admin.register(Image)
class ImageAdmin(TranslatedAdmin):
    """Images, with their alternative texts and rights."""

    menu_order = 52
    fieldsets = [
        (None, {"fields": ["file", "focal_point", "name"]}),
        (_("For people who cannot see the image"), {"fields": ["is_decorative", "alt_text"]}),
        (_("Rights"), {"fields": ["credit", ("licence", "source")]}),
    ]
    help_texts = {
        "focal_point": _(
            "What must stay visible in every crop: click on the image or move the sliders."
        ),
        "credit": _("The name as the author or agency wants it to appear. Readers see it."),
        "source": _("Where the image was found or bought. Never shown to the public."),
    }
    list_display = ["thumbnail", "name", "alternative", "licence", "size", "created_at"]
    list_display_links = ["name"]
    list_filter = [AltTextFilter, "licence"]
    search_fields = ["name", "alt_text", "credit"]
    sortable_by = ["name", "created_at"]

    def get_fieldsets(self, request, obj=None):
        """Leave the description to those who may not change what readers see."""
        if not self.requires_publish_permission(request, obj):
            return super().get_fieldsets(request, obj)
        (name, _options), *others = super().get_fieldsets(request, obj)
        return [(name, {"fields": ["picture_in_use", "name"]}), *others]

    def get_readonly_fields(self, request, obj=None):
        if not self.requires_publish_permission(request, obj):
            return super().get_readonly_fields(request, obj)
        rights = [localized("credit", code) for code in portal_languages()]
        return ["picture_in_use", *rights, "licence"]

    def requires_publish_permission(self, request, image):
        """Return whether readers see the image where this member of staff may not publish."""
        if image is None or not self.has_change_permission(request, image):
            return False
        if not hasattr(image, "requires_publish_permission"):
            image.requires_publish_permission = not all(
                may_change_for_readers(request.user, model) for model in image.shown_by()
            )
        return image.requires_publish_permission

    @admin.display(description=_("image"))
    def picture_in_use(self, image):
        return format_html(
            '<img class="picture__image" src="{}" alt=""><p class="help">{}</p>',
            image.file.jpeg_960,
            _(
                "Readers see this image: only people who can publish can replace it or change "
                "its rights."
            ),
        )

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "file":
            field.widget = PictureInput()
        if db_field.name == "focal_point":
            field.widget = FocalPointInput()
        return field

    @admin.display(description=_("image"))
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


def may_change_for_readers(user, model):
    """Return whether the user may change what readers see of a model's items."""
    verb = "publish" if issubclass(model, Publishable) else "save"
    return workflow.may(verb, item=model, by=user)
