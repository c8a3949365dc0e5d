"""Form fields for uploaded files, with checks of size and content."""

from io import BytesIO
from pathlib import Path
from zipfile import is_zipfile

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext_lazy as _

# WebP must be registered first: django-imagefield passes Pillow a file without `readline`,
# which breaks the plugin of an older format that would otherwise be tried before WebP's.
from PIL import Image, WebPImagePlugin  # noqa: F401
from PIL.ExifTags import Base

#: Maximum pixels of a picture; decoding needs 4 bytes each. Large cameras have 50 million.
MAX_PIXELS = 60_000_000
#: Allowed Pillow formats. Pillow would pass others, such as PostScript, to external programs.
#: MPO is common on phones: a JPEG followed by a depth map or a second picture.
CONTENTS = ("JPEG", "MPO", "PNG", "WEBP", "AVIF")


#: Quality used to re-encode a picture, by format.
QUALITY = {"JPEG": "keep", "MPO": 95, "WEBP": 95, "AVIF": 90, "PNG": None}


class UploadField(forms.FileField):
    """An upload of at most MAX_UPLOAD_SIZE bytes (a setting)."""

    default_error_messages = {
        "too_big": _(
            "This file is %(size)s MB. The portal accepts files of up to %(limit)s MB."
        ),
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
    """Return whether a file is a PDF; readers skip up to 1024 bytes before the header."""
    return b"%PDF-" in file.read(1024)


#: Content checks by extension. Text formats may contain anything.
RECOGNISERS = {".pdf": is_pdf} | dict.fromkeys(
    (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".zip"), is_zipfile
)


class DocumentField(UploadField):
    """A document upload; rejected if its content does not match its extension."""

    default_error_messages = {
        "other_content": _(
            "This file has the extension %(kind)s, but is another kind of file."
        ),
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
    """A picture upload of at most MAX_PIXELS; identified by content, not by name."""

    default_error_messages = {
        "too_many_pixels": _(
            "This image has %(width)s × %(height)s pixels, more than the %(limit)s million "
            "that the portal accepts. Make it smaller: a width of 3200 pixels is enough."
        ),
    }

    def to_python(self, data):
        file = super().to_python(data)
        if not file:
            return file
        self.check_picture(file.image)
        try:
            return without_metadata(file)
        except OSError as error:  # damage that Pillow only finds when decoding
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
    """Return a picture without EXIF and XMP metadata such as place, time and owner.

    The original can be downloaded, so private metadata must not stay in it. Orientation and
    colour profile are kept. A picture without such metadata is returned unchanged.
    """
    upload.seek(0)
    with Image.open(upload) as picture:
        metadata = picture.getexif()
        if not (set(metadata) - {Base.Orientation} or "xmp" in picture.info):
            upload.seek(0)
            return upload
        clean_exif = Image.Exif()
        if Base.Orientation in metadata:
            clean_exif[Base.Orientation] = metadata[Base.Orientation]
        stripped = BytesIO()
        picture.info.pop("xmp", None)
        picture.save(
            stripped,
            "JPEG" if picture.format == "MPO" else picture.format,
            exif=clean_exif,
            icc_profile=picture.info.get("icc_profile"),
            quality=QUALITY[picture.format],
        )
    return SimpleUploadedFile(upload.name, stripped.getvalue(), upload.content_type)
