"""Bases for what staff look at and nobody changes."""

from backoffice.content import PortalAdmin
from backoffice.rows import RowInline


class ReadOnly:
    """Mixin: nothing is added, changed or deleted by hand."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ReadOnlyAdmin(ReadOnly, PortalAdmin):
    pass


class ReadOnlyRows(ReadOnly, RowInline):
    extra = 0
