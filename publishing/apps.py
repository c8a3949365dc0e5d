from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = _("Publishing")

    def ready(self):
        from publishing import mentions, public_changes, signals  # models are there only now
        from publishing.search import index, jobs  # noqa: F401 - registers its jobs

        mentions.follow_saves()
        index.follow_saves()
        signals.revision_recorded.connect(public_changes.follow_revision)
        autodiscover_modules("jobs")
