from publishing.models.broken_link import BrokenLink
from publishing.models.declarations import FeedFields, Source
from publishing.models.editing import OpenForm
from publishing.models.former_address import FormerAddress
from publishing.models.item_link import ItemLink
from publishing.models.job import NightlyRun
from publishing.models.preview_link import PreviewLink
from publishing.models.publishable import Publishable, PublishableQuerySet
from publishing.models.review import Comment, Review
from publishing.models.revision import Immutable, Revision
from publishing.models.rows import LinkRow, Row
from publishing.models.schedule import Bundle, BundleItem, Schedule
from publishing.models.topic import Topic

__all__ = [
    "BrokenLink",
    "Bundle",
    "BundleItem",
    "Comment",
    "FeedFields",
    "FormerAddress",
    "Immutable",
    "ItemLink",
    "LinkRow",
    "NightlyRun",
    "OpenForm",
    "PreviewLink",
    "Publishable",
    "PublishableQuerySet",
    "Review",
    "Revision",
    "Row",
    "Schedule",
    "Source",
    "Topic",
]
