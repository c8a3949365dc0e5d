"""The API's bases: what every endpoint does, and the parts that serializers are made of.

A new type needs two serializers (`serializers`) and a view set (`views`) in its app's `api.py`,
and a line in `portal.api`.
"""

from website.api.fields import (
    FallbacksField,
    InstantField,
    LanguagesField,
    LocalInstantField,
    MoneyField,
    PageUrlField,
)
from website.api.item_serializers import (
    LinkSerializer,
    PublishableSummarySerializer,
    TopicReferenceSerializer,
    VersionedSerializer,
)
from website.api.media_serializers import DocumentSerializer, ImageSerializer
from website.api.pagination import Pagination
from website.api.problems import CONTENT_TYPE, InvalidParameters, problem
from website.api.serializers import (
    HidingSerializer,
    ModelSerializer,
    PublishedReferenceSerializer,
    ReferenceSerializer,
    TranslatedSerializer,
)

__all__ = [
    "CONTENT_TYPE",
    "DocumentSerializer",
    "FallbacksField",
    "HidingSerializer",
    "ImageSerializer",
    "InstantField",
    "InvalidParameters",
    "LanguagesField",
    "LinkSerializer",
    "LocalInstantField",
    "ModelSerializer",
    "MoneyField",
    "PageUrlField",
    "Pagination",
    "problem",
    "PublishableSummarySerializer",
    "PublishedReferenceSerializer",
    "ReferenceSerializer",
    "TopicReferenceSerializer",
    "TranslatedSerializer",
    "VersionedSerializer",
]
