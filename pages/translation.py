from modeltranslation.translator import TranslationOptions, register

from pages.models import Page, PagePoint
from publishing.translation import PublishableTranslation


@register(Page)
class PageTranslation(PublishableTranslation):
    pass


@register(PagePoint)
class PagePointTranslation(TranslationOptions):
    fields = ("title", "text")
