"""The admin: bases that the sections subclass, and what is shared by all of them."""

from publishing.admin.base.admins import PortalAdmin, TranslatedAdmin
from publishing.admin.bundles.bundle import BundleAdmin
from publishing.admin.dashboard.panels import closing_panel
from publishing.admin.document import DocumentAdmin
from publishing.admin.forms.controls import PortalForm
from publishing.admin.forms.instants import ZonedForm
from publishing.admin.forms.rows import RowForm, RowInline, TranslatedRowInline
from publishing.admin.image import ImageAdmin
from publishing.admin.lists.completeness import Gap
from publishing.admin.lists.filters import picker
from publishing.admin.publishable.admin import PublishableAdmin
from publishing.admin.references.broken_links import BrokenLinkAdmin
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
