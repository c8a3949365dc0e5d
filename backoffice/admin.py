"""The admin: bases that the sections subclass, and what is shared by all of them."""

from backoffice.broken_link import BrokenLinkAdmin
from backoffice.bundle import BundleAdmin
from backoffice.content import PortalAdmin, TranslatedAdmin
from backoffice.controls import PortalForm
from backoffice.desk import closing_panel
from backoffice.document import DocumentAdmin
from backoffice.filters import picker
from backoffice.gaps import Gap
from backoffice.image import ImageAdmin
from backoffice.instants import ZonedForm
from backoffice.publishable import PublishableAdmin
from backoffice.rows import RowForm, RowInline, TranslatedRowInline
from backoffice.topic import TopicAdmin

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
