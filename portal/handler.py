"""The way from the server to Django: a request that cannot even be made is still answered."""

from django.core.exceptions import SuspiciousOperation
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest


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
