from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self):
        from search.index import writer  # models are there only now

        writer.connect_signals()
