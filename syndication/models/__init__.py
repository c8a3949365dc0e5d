from syndication.models.public_change import PublicChange
from syndication.models.sitemap_part import SitemapPart

__all__ = [
    "PublicChange",
    "SitemapPart",
]
