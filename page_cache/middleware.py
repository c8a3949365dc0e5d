"""Middleware that knows which pages are stored, and by whom they are compressed."""

from django.middleware import gzip, http

from page_cache.dependencies import allow_caching, depend_on, is_cacheable


class GZipMiddleware(gzip.GZipMiddleware):
    """Compress responses, except for those that the page cache compresses once for all."""

    def process_response(self, request, response):
        return response if is_cacheable() else super().process_response(request, response)


class ConditionalGetMiddleware(http.ConditionalGetMiddleware):
    """Answer conditional requests, except for those that the page cache answers."""

    def process_response(self, request, response):
        return response if is_cacheable() else super().process_response(request, response)


class CacheableMiddleware:
    """Lets the page cache store the response if its view says so.

    Such a view, or the class behind it, has `cache_tags`: the tags of what it shows, besides
    those that its queries note.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, *args):
        tags = getattr(behind(view), "cache_tags", None)
        if tags is not None:
            depend_on(*tags)
            allow_caching()


def behind(view):
    """Return the class of a view of Django or of Django REST framework, or the function."""
    return getattr(view, "view_class", None) or getattr(view, "cls", None) or view
