"""Permissions that pages ask for: each is called with request, admin and item.

The item is None on the pages of a type.
"""

from publishing import workflow


def anyone(request, admin, item=None):
    """Allow all staff who may view the item."""
    return True


def may_change(request, admin, item=None):
    return admin.has_change_permission(request, item)


def may_write(request, admin, item=None):
    """Allow those who may change the item, or add one where there is none yet."""
    if item is None:
        return admin.has_add_permission(request)
    return admin.has_change_permission(request, item)


def workflow_permits(verb):
    """Return the permission that a step of the workflow needs."""

    def may(request, admin, item=None):
        subject = admin.model if item is None else item
        return workflow.may(verb, item=subject, by=request.user)

    return may
