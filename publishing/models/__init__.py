from publishing.models.broken_link import BrokenLink
from publishing.models.declarations import FeedFields, Source
from publishing.models.document import Document, Documented, DocumentVersion
from publishing.models.editing import OpenForm
from publishing.models.former_address import FormerAddress
from publishing.models.image import Image
from publishing.models.item_link import ItemLink
from publishing.models.job import NightlyRun
from publishing.models.preview_link import PreviewLink
from publishing.models.public_change import PublicChange
from publishing.models.publishable import Publishable, PublishableQuerySet
from publishing.models.review import Comment, Review
from publishing.models.revision import Revision
from publishing.models.rows import LinkRow, Row
from publishing.models.schedule import Bundle, BundleItem, Schedule
from publishing.models.search import DocumentText, SearchEntry, SearchWord
from publishing.models.sitemap_part import SitemapPart
from publishing.models.topic import Topic

__all__ = [
    "BrokenLink",
    "Bundle",
    "BundleItem",
    "Comment",
    "Document",
    "Documented",
    "DocumentText",
    "DocumentVersion",
    "FeedFields",
    "FormerAddress",
    "Image",
    "ItemLink",
    "LinkRow",
    "NightlyRun",
    "OpenForm",
    "PreviewLink",
    "PublicChange",
    "Publishable",
    "PublishableQuerySet",
    "Review",
    "Revision",
    "Row",
    "Schedule",
    "SearchEntry",
    "SearchWord",
    "SitemapPart",
    "Source",
    "Topic",
]
