"""Requests to a WSGI application, without a server."""

from dataclasses import dataclass
from io import BytesIO


@dataclass
class Answer:
    status: int
    headers: dict
    body: bytes


def get(application, path, method="GET", **headers):
    """Send a request to a WSGI application; returns an Answer with header names as sent.

    `headers` are keys of the WSGI environment, such as HTTP_COOKIE.
    """
    path, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        **headers,
    }
    started = []
    result = application(environ, lambda status, headers: started.append((status, headers)))
    body = b"".join(result)
    if hasattr(result, "close"):
        result.close()
    status, sent = started[0]
    return Answer(int(status.split()[0]), dict(sent), body)
