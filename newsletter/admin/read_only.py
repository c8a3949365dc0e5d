"""Read-only base classes of the admin."""

from backoffice.base import PortalAdmin
from backoffice.forms import RowInline


class ReadOnly:
    """Mixin that forbids adding, changing and deleting by hand."""

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
