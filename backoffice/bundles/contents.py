"""Parts of a bundle's form: its items, and why it could not be published."""

from django.utils.translation import gettext as _

from backoffice.base import FormPart
from backoffice.bundles.permissions import may_publish_bundle
from backoffice.editing import reason_of
from backoffice.item_pages import type_page_url
from publishing.checks import NotReady
from publishing.models import Revision
from publishing.workflow import BundleNotReady, has_unpublished_changes


class BundleErrors(FormPart):
    """The error that made publishing fail."""

    def applies_to(self, item, user):
        return hasattr(self.request, "save_error")

    def context(self, item, user):
        return {"save_error": self.request.save_error}


class BundleContents(FormPart):
    """The items of the bundle, its schedules, and who may publish it."""

    def context(self, item, user):
        return {
            "entries": entries(item, self.admin, self.request),
            "waiting": item.schedules.waiting(),
            "may_publish": may_publish_bundle(self.request, self.admin, item),
            "reason": reason_of(self.request),
        }


def entries(bundle, admin, request):
    """Return the items of a bundle: dicts for its page, see `describe_entry`."""
    item_errors = getattr(getattr(request, "save_error", None), "item_errors", {})
    is_waiting = bundle.schedules.waiting().exists()
    found = bundle.items.prefetch_related("item").select_related("revision")
    return [
        describe_entry(entry, entry.revision if is_waiting else None)
        | {
            "is_hidden": not may_view_entry(request, admin, entry),
            "save_error": item_errors.get(entry.item),
        }
        for entry in found
    ]


def may_view_entry(request, admin, entry):
    """Return whether more than the item's kind may be shown."""
    registered = admin.admin_site._registry[entry.content_type.model_class()]
    return registered.has_view_permission(request)


def describe_entry(entry, pinned):
    """Return key, item, kind, url, pinned (the scheduled version), draft and has_changes."""
    item, model = entry.item, entry.content_type.model_class()
    return {
        "key": entry.pk,
        "item": item,
        "kind": model._meta.verbose_name,
        "url": type_page_url(model, "change", entry.object_id),
        "pinned": pinned,
        "draft": item and Revision.objects.open_draft(item),
        "has_changes": bool(item) and has_unpublished_changes(item, pinned),
    }


def general_error(save_error):
    """Return the form's error when publishing was refused; items have their own."""
    if not isinstance(save_error, BundleNotReady):
        return save_error
    errors = save_error.item_errors.values()
    if all(isinstance(error, NotReady) and error.needs_reason_only for error in errors):
        return _("Publishing this requires a reason. Enter it under “Reason, for staff”.")
    return _("This cannot be published yet. Fix the following first.")
