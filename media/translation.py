"""Translated texts of images and documents."""

from modeltranslation.translator import TranslationOptions, register

from media.models import Document, DocumentVersion, Image


@register(Image)
class ImageTranslation(TranslationOptions):
    fields = ("alt_text", "credit")


@register(Document)
class DocumentTranslation(TranslationOptions):
    fields = ("title",)


@register(DocumentVersion)
class DocumentVersionTranslation(TranslationOptions):
    fields = ("note",)
