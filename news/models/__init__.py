from news.models.article import Article, ArticleLink
from news.models.event import Event

__all__ = ["Article", "ArticleLink", "Event"]
