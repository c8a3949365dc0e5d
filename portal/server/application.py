"""WSGI application: Django behind the page cache."""

from django.conf import settings

from page_cache.application import PageCache
from portal.server.handler import Handler


def cached_application():
    """Return the portal's WSGI application, with the page cache if the settings want one."""
    handler = Handler()
    size = settings.PAGE_CACHE_SIZE
    return PageCache(handler, size) if size else handler
