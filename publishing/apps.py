from django.apps import AppConfig
from django.conf import settings
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = _("Publishing")

    def ready(self):
        from publishing import page_tags, signals  # models are there only now
        from publishing.references import mentions

        mentions.connect_signals()
        if settings.PAGE_CACHE_SIZE:
            signals.revision_recorded.connect(page_tags.record_revision)
        autodiscover_modules("jobs")
