"""The way from the server to Django: a request that cannot even be made is still answered."""

from tempfile import SpooledTemporaryFile
from threading import BoundedSemaphore

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

from portal.server.middleware import IS_BUSY, has_length

#: Bytes of a body that are received at once, and that are kept in memory.
PIECE, IN_MEMORY = 64 * 1024, 1024 * 1024

#: Threads that may receive bodies at once. A body comes as slowly as its sender likes, and the
#: server knows no limit for that: the other threads stay free for whoever only reads.
receivers = BoundedSemaphore(settings.THREADS * 3 // 4)


class Request(WSGIRequest):
    """Django reads the Content-Type while it makes the request, outside all that turns
    exceptions into answers. Where it fails, the type is replaced by one that it can read and
    that BadRequestMiddleware refuses."""

    def __init__(self, environ):
        try:
            super().__init__(environ)
        except SuspiciousOperation:  # too long a query: the middleware finds that again
            super().__init__(environ | {"CONTENT_TYPE": ""})
        except (LookupError, ValueError):
            super().__init__(environ | {"CONTENT_TYPE": "text/plain; charset=unreadable"})


class Handler(WSGIHandler):
    request_class = Request

    def __call__(self, environ, start_response):
        """Receives the body before Django begins, in a bounded number of threads."""
        length = announced_length(environ)
        if not 0 < length <= settings.MAX_BODY_SIZE:  # what is more is refused unread
            return super().__call__(environ, start_response)
        if not receivers.acquire(blocking=False):
            nothing = {"CONTENT_LENGTH": "0", IS_BUSY: True}
            return super().__call__(environ | nothing, start_response)
        with SpooledTemporaryFile(IN_MEMORY) as body:
            try:
                receive(environ["wsgi.input"], body, length)
            finally:
                receivers.release()
            return super().__call__(environ | {"wsgi.input": body}, start_response)


def announced_length(environ):
    """The Content-Length; 0 for one that BadRequestMiddleware refuses."""
    return int(environ.get("CONTENT_LENGTH") or 0) if has_length(environ) else 0


def receive(source, body, length):
    """Copy `length` bytes, or as many as come, and rewind the copy."""
    while length > 0 and (piece := source.read(min(PIECE, length))):
        body.write(piece)
        length -= len(piece)
    body.seek(0)
