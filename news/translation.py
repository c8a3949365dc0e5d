from modeltranslation.translator import TranslationOptions, register

from news.models import Article, ArticleLink, Event
from publishing.translation import PublishableTranslation


@register(Article)
class ArticleTranslation(PublishableTranslation):
    fields = ("quote", "quote_function", "background")


@register(ArticleLink)
class ArticleLinkTranslation(TranslationOptions):
    fields = ("title",)


@register(Event)
class EventTranslation(PublishableTranslation):
    fields = ("place", "programme")
