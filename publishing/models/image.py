"""Images with what accessibility and copyright ask for, and their renditions."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from imagefield.fields import ImageField as ProcessedImageField
from imagefield.fields import PPOIField

from publishing.languages import localized, portal_languages
from publishing.renditions import FORMATS


class Licence(models.TextChoices):
    CC0 = "cc0", _("CC0 – public domain")
    CC_BY = "cc-by", "CC BY 4.0"
    CC_BY_SA = "cc-by-sa", "CC BY-SA 4.0"
    OWN = "own", _("Our own work, all rights reserved")
    PERMITTED = "permitted", _("Used with permission")


#: As Pillow names what files contain. It would hand others, such as PostScript, to programs.
CONTENTS = ("JPEG", "MPO", "PNG", "WEBP", "AVIF")


class UploadField(forms.ImageField):
    """Goes by what a file contains, whatever it is called."""

    def to_python(self, data):
        file = super().to_python(data)
        if file and file.image.format not in CONTENTS:
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image")
        return file


class ImageField(ProcessedImageField):
    def formfield(self, **kwargs):
        return super().formfield(form_class=UploadField, **kwargs)


class Image(models.Model):
    name = models.CharField(
        _("name"), max_length=120, help_text=_("For staff only: how you find it again.")
    )
    file = ImageField(
        _("file"),
        upload_to="images/%Y/%m",
        formats=FORMATS,
        auto_add_fields=False,
        width_field="width",
        height_field="height",
        ppoi_field="focal_point",
        validators=[FileExtensionValidator(["jpg", "jpeg", "png", "webp", "avif"])],
        help_text=_("JPEG, PNG, WebP or AVIF, at least 1600 pixels wide."),
    )
    width = models.PositiveIntegerField(_("width"), editable=False, null=True)
    height = models.PositiveIntegerField(_("height"), editable=False, null=True)
    focal_point = PPOIField(
        _("focal point"), help_text=_("Click on what must stay visible in every crop.")
    )
    alt_text = models.CharField(
        _("alternative text"),
        max_length=250,
        blank=True,
        help_text=_("What the picture tells, for those who don't see it."),
    )
    is_decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("Tells nothing that the text doesn't tell: screen readers pass over it."),
    )
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=12, choices=Licence.choices)
    source = models.URLField(_("source"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.name

    def clean(self):
        """An image has an alternative text or is decorative (WCAG 2.2, criterion 1.1.1)."""
        texts = [getattr(self, localized("alt_text", code)) for code in portal_languages()]
        if not self.is_decorative and not any(texts):
            raise ValidationError(
                _("Write an alternative text, or say that the picture is decorative.")
            )
