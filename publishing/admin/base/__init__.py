"""Bases of the model admins, and the parts of their forms' pages."""

from publishing.admin.base.admins import PortalAdmin, TranslatedAdmin
from publishing.admin.base.defaults import MAX_QUERY, AdminDefaults
from publishing.admin.base.form_parts import FormPart, SiteLinks

__all__ = [
    "MAX_QUERY",
    "AdminDefaults",
    "FormPart",
    "PortalAdmin",
    "SiteLinks",
    "TranslatedAdmin",
]
