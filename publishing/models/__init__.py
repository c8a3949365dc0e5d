from publishing.models.document import Document, DocumentVersion
from publishing.models.image import Image
from publishing.models.publishable import Publishable, PublishableQuerySet
from publishing.models.revision import Revision
from publishing.models.rows import LinkRow, Row
from publishing.models.topic import Topic

__all__ = [
    "Document",
    "DocumentVersion",
    "Image",
    "LinkRow",
    "Publishable",
    "PublishableQuerySet",
    "Revision",
    "Row",
    "Topic",
]
