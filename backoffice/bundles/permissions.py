"""Permissions on bundles, which depend on the items in them."""

from django.core.exceptions import PermissionDenied

from publishing.workflow import require_publish_permission


def may_publish_bundle(request, admin, bundle):
    """Allow those who may publish each item of the bundle."""
    try:
        require_publish_permission(bundle, request.user)
    except PermissionDenied:
        return False
    return admin.has_change_permission(request, bundle)


def may_remove_entries(request, admin, bundle):
    """Allow all, or those who may schedule a bundle that is scheduled."""
    is_waiting = bundle.schedules.waiting().exists()
    return not is_waiting or may_publish_bundle(request, admin, bundle)
