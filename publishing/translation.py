"""Registration of translated fields."""

from modeltranslation.translator import TranslationOptions, register

from publishing.models import Revision, Topic


class PublishableTranslation(TranslationOptions):
    """Translated fields of every Publishable; a subclass adds the type's own."""

    fields = ("title", "summary", "body", "seo_title", "seo_description")


@register(Topic)
class TopicTranslation(TranslationOptions):
    fields = ("name", "introduction")


@register(Revision)
class RevisionTranslation(TranslationOptions):
    fields = ("change_note",)
