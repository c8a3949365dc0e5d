"""The admin site: navigation, start page and autocomplete."""

from dataclasses import replace
from operator import attrgetter

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.urls import path
from django.utils.translation import gettext_lazy as _

from portal.script_catalog import ScriptCatalog
from publishing.models import Publishable

#: Maximum number of lines in a panel of the start page.
PANEL_LENGTH = 8


class ChoicesView(AutocompleteJsonView):
    """Autocomplete view whose results include a note that distinguishes them.

    Staff who may write content may also choose from models with `is_open_to_choose`, such as
    users.
    """

    def process_request(self, request):
        parameters = super().process_request(request)
        _term, _model_admin, source_field, _to_field = parameters
        if source_field.auto_created:  # a reverse relation is in no form
            raise PermissionDenied
        return parameters

    def has_perm(self, request, obj=None):
        is_open = self.model_admin.is_open_to_choose and can_write_content(request.user)
        return super().has_perm(request, obj) or is_open

    def serialize_result(self, obj, to_field_name):
        result = super().serialize_result(obj, to_field_name)
        return result | {"note": str(self.model_admin.choice_note(obj))}


def can_write_content(user):
    return any(
        user.has_perm(f"{model._meta.app_label}.{verb}_{model._meta.model_name}")
        for model in Publishable.__subclasses__()
        for verb in ("add", "change")
    )


class PortalAdminSite(AdminSite):
    site_title = settings.PORTAL_NAME
    site_header = settings.PORTAL_NAME
    index_title = _("Dashboard")
    empty_value_display = "–"
    #: App -> app in whose section of the navigation its models are shown.
    navigation_parents = {"auth": "accounts", "media": "publishing"}

    def each_context(self, request):
        return {**super().each_context(request), "portal_languages": settings.LANGUAGES}

    def get_urls(self):
        """Omit the view_on_site redirect, which reveals the address of a draft."""
        from backoffice.references import link_targets  # it needs this site itself

        urls = [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]
        targets = self.admin_view(link_targets)
        return [path("link-targets/", targets, name="link_targets"), *urls]

    def get_app_list(self, request, app_label=None):
        """Sort apps and models by the `menu_order` of their admins, the order of daily work."""
        apps = super().get_app_list(request, app_label)
        by_label = {app["app_label"]: app for app in apps}
        for app in apps:
            parent = by_label.get(self.navigation_parents.get(app["app_label"]))
            if parent:
                parent["models"] += app["models"]
                del by_label[app["app_label"]]
        apps = list(by_label.values())
        for app in apps:
            app["models"].sort(key=self.menu_order)
        return sorted(apps, key=lambda app: self.menu_order(app["models"][0]))

    def menu_order(self, entry):
        return self._registry[entry["model"]].menu_order

    def index(self, request, extra_context=None):
        panels = [
            panel
            for model_admin in self._registry.values()
            if hasattr(model_admin, "dashboard_panels")
            for panel in model_admin.dashboard_panels(request)
        ]
        visible_panels = [
            panel for panel in merge_panels(panels) if panel.entries or panel.empty
        ]
        dashboard = {"panels": visible_panels, "quick_adds": self.quick_adds(request)}
        return super().index(request, {**dashboard, **(extra_context or {})})

    def quick_adds(self, request):
        """Return the options (`_meta`) of the models that the user may add, by `menu_order`."""
        model_admins = [
            model_admin
            for model_admin in self._registry.values()
            if model_admin.is_quick_to_add and model_admin.has_add_permission(request)
        ]
        return [
            model_admin.opts
            for model_admin in sorted(model_admins, key=attrgetter("menu_order"))
        ]

    def i18n_javascript(self, request, extra_context=None):
        return ScriptCatalog.as_view()(request)

    def autocomplete_view(self, request):
        return ChoicesView.as_view(admin_site=self)(request)


def merge_panels(panels):
    """Merge panels of the same key, sort them by `order` and cut each to PANEL_LENGTH."""
    by_key = {}
    for panel in panels:
        first = by_key.get(panel.key, replace(panel, entries=[]))
        by_key[panel.key] = replace(first, entries=first.entries + panel.entries)
    return [truncate_panel(panel) for panel in sorted(by_key.values(), key=attrgetter("order"))]


def truncate_panel(panel):
    entries = sorted(panel.entries, key=attrgetter("at"), reverse=panel.is_latest_first)
    return replace(panel, entries=entries[:PANEL_LENGTH])
