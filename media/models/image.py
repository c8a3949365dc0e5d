"""Images with accessibility and copyright metadata, and their renditions."""

import logging
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from imagefield.fields import ImageField as ProcessedImageField
from imagefield.fields import PPOIField

from localisation.languages import localized, portal_languages
from media.renditions import FORMATS
from media.uploads import PictureField
from publishing.models import Publishable
from publishing.states import State

logger = logging.getLogger(__name__)


class Licence(models.TextChoices):
    CC0 = "cc0", _("CC0 – public domain")
    CC_BY = "cc-by", "CC BY 4.0"
    CC_BY_SA = "cc-by-sa", "CC BY-SA 4.0"
    OWN = "own", _("Our own work, all rights reserved")
    PERMITTED = "permitted", _("Used with permission")


class ImageField(ProcessedImageField):
    """Image field that tolerates a missing file."""

    def formfield(self, **kwargs):
        return super().formfield(form_class=PictureField, **kwargs)

    def generate_filename(self, instance, filename):
        """Return a file name that matches the content; an MPO file is stored as a JPEG."""
        stem, _dot, extension = filename.rpartition(".")
        name = f"{stem}.jpg" if extension.lower() == "mpo" else filename
        return super().generate_filename(instance, name)

    def update_dimension_fields(self, instance, *args, **kwargs):
        try:
            super().update_dimension_fields(instance, *args, **kwargs)
        except FileNotFoundError as error:
            logger.error("The file of an image is missing: %s", error.filename)

    def _generate_files(self, instance, **kwargs):
        with suppress(FileNotFoundError):  # already logged by the library
            super()._generate_files(instance, **kwargs)


class Image(models.Model):
    name = models.CharField(
        _("name"),
        max_length=120,
        help_text=_("For staff only: helps you find the image again."),
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
        help_text=_("JPEG, PNG, WebP or AVIF, ideally at least 1600 pixels wide."),
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
        help_text=_("What the image shows, for people who cannot see it."),
    )
    is_decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("Adds nothing to the text: screen readers skip it."),
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

    def shown_by(self):
        """Return the set of models with public items that show this image.

        Rows count as their item's model. Models that are neither Publishable nor rows are
        always public.
        """
        relations = self._meta.get_fields(include_hidden=True)
        return {
            item_model(relation.related_model)
            for relation in relations
            if relation.one_to_many and self._is_shown_through(relation)
        }

    def _is_shown_through(self, relation):
        model = relation.related_model
        lookup = {relation.field.name: self.pk}
        if issubclass(model, Publishable):
            lookup["state"] = State.PUBLISHED
        elif owner := owner_key(model):
            lookup[f"{owner.name}__state"] = State.PUBLISHED
        return model._base_manager.filter(**lookup).exists()

    def clean(self):
        """Require an alternative text or the decorative flag (WCAG 2.2, criterion 1.1.1)."""
        texts = [getattr(self, localized("alt_text", code)) for code in portal_languages()]
        if not self.is_decorative and not any(texts):
            message = _("Write an alternative text, or mark the image as decorative.")
            raise ValidationError({localized("alt_text", portal_languages()[0]): message})


def item_model(model):
    """Return the model of the item that rows of `model` belong to, or `model` itself."""
    owner = owner_key(model)
    return owner.related_model if owner else model


def owner_key(model):
    """Return the foreign key from a row model to its Publishable, or None."""
    keys = [field for field in model._meta.fields if field.many_to_one]
    return next((key for key in keys if _is_owner(key)), None)


def _is_owner(key):
    is_part = key.remote_field.on_delete is models.CASCADE
    return is_part and issubclass(key.related_model, Publishable)
