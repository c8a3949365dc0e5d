"""The admin: bases that the sections subclass, and what all of them share."""

from publishing.admin.base import PortalAdmin, TranslatedAdmin
from publishing.admin.bundles import BundleAdmin
from publishing.admin.dashboard import closing_panel
from publishing.admin.document import DocumentAdmin
from publishing.admin.forms import (
    PortalForm,
    RowForm,
    RowInline,
    TranslatedRowInline,
    ZonedForm,
)
from publishing.admin.image import ImageAdmin
from publishing.admin.lists import Gap, picker
from publishing.admin.publishable import PublishableAdmin
from publishing.admin.references import BrokenLinkAdmin
from publishing.admin.topic import TopicAdmin

__all__ = [
    "BrokenLinkAdmin",
    "BundleAdmin",
    "DocumentAdmin",
    "Gap",
    "ImageAdmin",
    "PortalAdmin",
    "PortalForm",
    "PublishableAdmin",
    "RowForm",
    "RowInline",
    "TopicAdmin",
    "TranslatedAdmin",
    "TranslatedRowInline",
    "ZonedForm",
    "closing_panel",
    "picker",
]
