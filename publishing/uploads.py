"""Form fields for files that staff send: not too big, and what they are called."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

#: Pixels of a picture, whose decoding takes four bytes each. Large cameras have 50 million.
MAX_PIXELS = 60_000_000
#: As Pillow names what files contain. It would hand others, such as PostScript, to programs.
#: MPO is what telephones write: a JPEG, followed by a depth map or a second picture.
CONTENTS = ("JPEG", "MPO", "PNG", "WEBP", "AVIF")


class UploadField(forms.FileField):
    """A file of at most MAX_UPLOAD_SIZE bytes (a setting)."""

    default_error_messages = {
        "too_big": _("This file has %(size)s MB. The portal takes at most %(limit)s MB."),
    }

    def to_python(self, data):
        if data and data.size > settings.MAX_UPLOAD_SIZE:
            megabyte = 1024 * 1024
            sizes = {
                "size": round(data.size / megabyte, 1),
                "limit": settings.MAX_UPLOAD_SIZE // megabyte,
            }
            raise ValidationError(self.error_messages["too_big"], "too_big", sizes)
        return super().to_python(data)


class PictureField(UploadField, forms.ImageField):
    """A picture of at most MAX_PIXELS. Goes by what the file contains, not by its name."""

    default_error_messages = {
        "too_many_pixels": _(
            "This picture has %(width)s × %(height)s pixels, more than the %(limit)s million "
            "that the portal takes. Make it smaller: 3200 pixels of width are plenty."
        ),
    }

    def to_python(self, data):
        file = super().to_python(data)
        if file:
            self.check_picture(file.image)
        return file

    def check_picture(self, picture):
        if picture.format not in CONTENTS:
            raise ValidationError(self.error_messages["invalid_image"], "invalid_image")
        if picture.width * picture.height > MAX_PIXELS:
            message = self.error_messages["too_many_pixels"]
            limit = MAX_PIXELS // 1_000_000
            size = {"width": picture.width, "height": picture.height, "limit": limit}
            raise ValidationError(message, "too_many_pixels", size)
