"""The admin: bases that the sections subclass, and what all of them share."""

from backoffice.base import PortalAdmin, TranslatedAdmin
from backoffice.bundles import BundleAdmin
from backoffice.dashboard import closing_panel
from backoffice.document import DocumentAdmin
from backoffice.forms import (
    PortalForm,
    RowForm,
    RowInline,
    TranslatedRowInline,
    ZonedForm,
)
from backoffice.image import ImageAdmin
from backoffice.lists import CompletenessCheck, picker
from backoffice.publishable import PublishableAdmin
from backoffice.references import BrokenLinkAdmin
from backoffice.topic import TopicAdmin

__all__ = [
    "BrokenLinkAdmin",
    "BundleAdmin",
    "DocumentAdmin",
    "CompletenessCheck",
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
