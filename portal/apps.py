from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Portal")

    def ready(self):
        from portal.cached_tables import watch_tables
        from portal.config import checks  # noqa: F401 - registers them
        from portal.sitemaps import register_sections

        autodiscover_modules("content")
        register_sections()
        watch_tables()


class PortalAdminConfig(AdminConfig):
    default_site = "portal.admin_site.PortalAdminSite"


class PortalStaticFilesConfig(StaticFilesConfig):
    """Static files app that ignores files no page uses, half of the volume to compress."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "rest_framework",
        "select2",
        "xregexp.js",
        "jquery.js",
    ]
