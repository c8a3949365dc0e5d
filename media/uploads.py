"""Form fields for files that staff send: not too big, and what they are called."""

from io import BytesIO
from pathlib import Path
from zipfile import is_zipfile

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext_lazy as _

# WebP is registered first: django-imagefield hands Pillow a file without `readline`, at which
# the plugin of an older format breaks that is asked before WebP's otherwise.
from PIL import Image, WebPImagePlugin  # noqa: F401
from PIL.ExifTags import Base

#: Pixels of a picture, whose decoding takes four bytes each. Large cameras have 50 million.
MAX_PIXELS = 60_000_000
#: As Pillow names what files contain. It would hand others, such as PostScript, to programs.
#: MPO is what telephones write: a JPEG, followed by a depth map or a second picture.
CONTENTS = ("JPEG", "MPO", "PNG", "WEBP", "AVIF")


#: How the quality is chosen where a picture has to be written again.
QUALITY = {"JPEG": "keep", "MPO": 95, "WEBP": 95, "AVIF": 90, "PNG": None}


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


def is_pdf(file):
    """Whether it begins as a PDF does; PDF readers overlook up to 1024 bytes before that."""
    return b"%PDF-" in file.read(1024)


#: Tells whether a document contains what its extension says. Texts may contain anything.
RECOGNISERS = {".pdf": is_pdf} | dict.fromkeys(
    (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".zip"), is_zipfile
)


class DocumentField(UploadField):
    """A document. One that contains something else than its name says is refused."""

    default_error_messages = {
        "other_content": _("This file is called %(kind)s, but it contains something else."),
    }

    def to_python(self, data):
        file = super().to_python(data)
        if file:
            self.check_content(file, Path(file.name).suffix.lower())
        return file

    def check_content(self, file, extension):
        file.seek(0)
        if extension in RECOGNISERS and not RECOGNISERS[extension](file):
            kind = {"kind": extension[1:].upper()}
            raise ValidationError(self.error_messages["other_content"], "other_content", kind)
        file.seek(0)


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
        if not file:
            return file
        self.check_picture(file.image)
        try:
            return without_metadata(file)
        except OSError as error:  # broken further down than Pillow has looked so far
            message = self.error_messages["invalid_image"]
            raise ValidationError(message, "invalid_image") from error

    def check_picture(self, picture):
        if picture.format not in CONTENTS:
            raise ValidationError(self.error_messages["invalid_image"], "invalid_image")
        if picture.width * picture.height > MAX_PIXELS:
            message = self.error_messages["too_many_pixels"]
            limit = MAX_PIXELS // 1_000_000
            size = {"width": picture.width, "height": picture.height, "limit": limit}
            raise ValidationError(message, "too_many_pixels", size)


def without_metadata(upload):
    """A picture without what the camera noted of place, time and owner: its original can be
    downloaded. Keeps which side is up, and the colours; other pictures are left as they are."""
    upload.seek(0)
    with Image.open(upload) as picture:
        noted = picture.getexif()
        if not (set(noted) - {Base.Orientation} or "xmp" in picture.info):
            upload.seek(0)
            return upload
        kept = Image.Exif()
        if Base.Orientation in noted:
            kept[Base.Orientation] = noted[Base.Orientation]
        stripped = BytesIO()
        picture.info.pop("xmp", None)
        picture.save(
            stripped,
            "JPEG" if picture.format == "MPO" else picture.format,
            exif=kept,
            icc_profile=picture.info.get("icc_profile"),
            quality=QUALITY[picture.format],
        )
    return SimpleUploadedFile(upload.name, stripped.getvalue(), upload.content_type)
