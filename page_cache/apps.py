from django.apps import AppConfig
from django.conf import settings


class PageCacheConfig(AppConfig):
    name = "page_cache"

    def ready(self):
        from page_cache import writes

        if settings.PAGE_CACHE_SIZE:
            writes.watch_connections()
