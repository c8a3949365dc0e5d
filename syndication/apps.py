from django.apps import AppConfig


class SyndicationConfig(AppConfig):
    name = "syndication"

    def ready(self):
        from publishing.signals import revision_recorded
        from syndication import public_changes  # models are there only now

        revision_recorded.connect(public_changes.record_change)
