"""Declarations of the pages that a model admin has beside Django's own.

A model admin lists them as `type_pages` and `item_pages`; `AdminDefaults.get_urls` adds their
addresses. Permissions are checked here and nowhere else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.urls import path

from backoffice.item_pages.permissions import anyone


def url_name(admin, name):
    """Return the name of a page's URL, as Django names its own."""
    return f"{admin.opts.app_label}_{admin.opts.model_name}_{name}"


def live_row(request, admin, object_id):
    """Return the item's row, or None."""
    try:
        return admin.get_queryset(request).filter(pk=object_id).first()
    except (ValueError, ValidationError):
        return None


def opened_version(request, admin, object_id):
    """Return the item as its form shows it, or None."""
    return admin.get_object(request, unquote(object_id))


def not_found(request, admin, object_id):
    """Answer as for any unknown address."""
    raise Http404


def back_to_start(request, admin, object_id):
    """Lead to the start page, which says that the item is gone."""
    return admin._get_obj_does_not_exist_redirect(request, admin.opts, object_id)


@dataclass(frozen=True)
class ItemPage:
    """A page of one item, at `<key>/<verb>/<rest>`; the name of its URL ends in the verb.

    `view(request, admin, item, **parts)` serves those who may view the item and for whom
    `may(request, admin, item)` holds. `find(request, admin, object_id)` returns the item;
    where it is gone, `missing` answers.
    """

    verb: str
    view: Callable
    may: Callable = anyone
    rest: str = ""
    find: Callable = live_row
    missing: Callable = not_found

    def url(self, admin):
        """Return the URL pattern of this page in a model admin."""
        view = admin.admin_site.admin_view(self.bound_view(admin))
        address = f"<path:object_id>/{self.verb}/{self.rest}"
        return path(address, view, name=url_name(admin, self.verb))

    def bound_view(self, admin):
        @wraps(self.view)
        def view(request, object_id, **parts):
            item = self.find(request, admin, object_id)
            if item is None:
                return self.missing(request, admin, object_id)
            if not admin.has_view_permission(request, item):
                raise PermissionDenied
            if not self.may(request, admin, item):
                raise PermissionDenied
            return self.view(request, admin, item, **parts)

        return view


@dataclass(frozen=True)
class TypePage:
    """A page of a whole type, such as of a new item; `view(request, admin, **parts)`."""

    address: str
    name: str
    view: Callable
    may: Callable = anyone

    def url(self, admin):
        """Return the URL pattern of this page in a model admin."""
        view = admin.admin_site.admin_view(self.bound_view(admin))
        return path(self.address, view, name=url_name(admin, self.name))

    def bound_view(self, admin):
        @wraps(self.view)
        def view(request, **parts):
            if not self.may(request, admin):
                raise PermissionDenied
            return self.view(request, admin, **parts)

        return view
