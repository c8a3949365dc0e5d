"""Bases of the model admins, and the parts of their forms' pages."""

from backoffice.base.admins import PortalAdmin, TranslatedAdmin
from backoffice.base.defaults import MAX_QUERY, AdminDefaults
from backoffice.base.form_parts import FormPart, SiteLinks

__all__ = [
    "MAX_QUERY",
    "AdminDefaults",
    "FormPart",
    "PortalAdmin",
    "SiteLinks",
    "TranslatedAdmin",
]
