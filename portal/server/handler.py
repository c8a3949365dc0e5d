"""WSGI application: a handler that copes with all requests, behind the page cache."""

from tempfile import SpooledTemporaryFile
from threading import BoundedSemaphore

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

from page_cache.application import PageCache
from portal.server.middleware import IS_BUSY, has_valid_length

#: Bytes of a body that are read at a time, and that are buffered in memory.
CHUNK_SIZE, MAX_IN_MEMORY = 64 * 1024, 1024 * 1024

#: Threads that may receive bodies at the same time. The server has no timeout for slow
#: senders, so the other threads stay free for requests without a body.
body_slots = BoundedSemaphore(settings.THREADS * 3 // 4)


class Request(WSGIRequest):
    """WSGIRequest that survives an unparsable Content-Type.

    Django parses the header while it constructs the request, outside its exception handling. An
    invalid type is replaced by a readable one that BadRequestMiddleware rejects.
    """

    def __init__(self, environ):
        try:
            super().__init__(environ)
        except SuspiciousOperation:  # query too long, which the middleware rejects
            super().__init__(environ | {"CONTENT_TYPE": ""})
        except (LookupError, ValueError):
            super().__init__(environ | {"CONTENT_TYPE": "text/plain; charset=unreadable"})


class Handler(WSGIHandler):
    request_class = Request

    def __call__(self, environ, start_response):
        """Buffer the body in a bounded number of threads before calling Django."""
        length = content_length(environ)
        if not 0 < length <= settings.MAX_BODY_SIZE:  # larger ones are refused unread
            return super().__call__(environ, start_response)
        if not body_slots.acquire(blocking=False):
            empty_body = {"CONTENT_LENGTH": "0", IS_BUSY: True}
            return super().__call__(environ | empty_body, start_response)
        with SpooledTemporaryFile(MAX_IN_MEMORY) as body:
            try:
                buffer_body(environ["wsgi.input"], body, length)
            finally:
                body_slots.release()
            return super().__call__(environ | {"wsgi.input": body}, start_response)


def content_length(environ):
    """Return the Content-Length, or 0 if BadRequestMiddleware will reject it."""
    return int(environ.get("CONTENT_LENGTH") or 0) if has_valid_length(environ) else 0


def buffer_body(source, body, length):
    """Copy up to `length` bytes from `source` to `body`, and rewind `body`."""
    while length > 0 and (chunk := source.read(min(CHUNK_SIZE, length))):
        body.write(chunk)
        length -= len(chunk)
    body.seek(0)


def cached_application():
    """Return the portal's WSGI application, with the page cache if the settings want one."""
    handler = Handler()
    size = settings.PAGE_CACHE_SIZE
    return PageCache(handler, size) if size else handler
