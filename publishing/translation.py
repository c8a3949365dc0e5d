"""Which texts are translated."""

from modeltranslation.translator import TranslationOptions, register

from publishing.models import Revision, Topic


class PublishableTranslation(TranslationOptions):
    """Base for every Publishable: add the type's own fields in a subclass."""

    fields = ("title", "summary", "body", "seo_title", "seo_description")


@register(Topic)
class TopicTranslation(TranslationOptions):
    fields = ("name", "introduction")


@register(Revision)
class RevisionTranslation(TranslationOptions):
    fields = ("change_note",)
