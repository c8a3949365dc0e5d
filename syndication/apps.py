from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SyndicationConfig(AppConfig):
    name = "syndication"
    verbose_name = _("Feeds and calendars")

    def ready(self):
        from publishing.signals import revision_recorded
        from syndication import public_changes  # models are there only now

        revision_recorded.connect(public_changes.follow_revision)
