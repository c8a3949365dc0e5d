"""The admin: bases that the sections subclass, and what is shared by all of them."""

from publishing.admin.broken_link import BrokenLinkAdmin
from publishing.admin.bundle import BundleAdmin
from publishing.admin.content import PortalAdmin, TranslatedAdmin
from publishing.admin.controls import PortalForm
from publishing.admin.desk import closing_panel
from publishing.admin.document import DocumentAdmin
from publishing.admin.filters import picker
from publishing.admin.gaps import Gap
from publishing.admin.image import ImageAdmin
from publishing.admin.instants import ZonedForm
from publishing.admin.publishable import PublishableAdmin
from publishing.admin.rows import RowForm, RowInline, TranslatedRowInline
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
