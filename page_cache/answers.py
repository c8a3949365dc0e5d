"""Responses made from stored pages: validators, encodings and headers."""

from collections import defaultdict
from http import HTTPStatus

from django.utils.http import parse_etags

#: Browsers ask each time, and mostly get a 304; shared caches ask once a second.
CACHE_CONTROL = "public, max-age=0, s-maxage=1, must-revalidate"
#: Headers that are written for each answer, or belong to one client.
NOT_STORED = {
    "cache-control",
    "connection",
    "content-encoding",
    "content-length",
    "date",
    "etag",
    "set-cookie",
    "vary",
}


def is_storable(status, headers):
    """Return whether a response is complete, and the same for all readers."""
    values = defaultdict(str)
    for name, value in headers:
        values[name.lower()] += f"{value},"
    control = values["cache-control"]
    return (
        status.startswith("200 ")
        and "set-cookie" not in values
        and "no-store" not in control
        and "private" not in control
        and "'nonce-" not in values["content-security-policy"]
    )


def vary_names(headers):
    """Return the names in the Vary headers of a response."""
    listed = ",".join(value for name, value in headers if name.lower() == "vary")
    return [name.strip() for name in listed.split(",") if name.strip()]


def stored_headers(headers):
    """Return the headers of a response that all answers with its page share."""
    names = [*vary_names(headers), "Accept-Encoding", "Cookie"]
    vary = {name.lower(): name for name in names}
    kept = [(name, value) for name, value in headers if name.lower() not in NOT_STORED]
    return [*kept, ("Cache-Control", CACHE_CONTROL), ("Vary", ", ".join(vary.values()))]


def answer(page, environ, start_response):
    """Answer a GET or HEAD request with a stored page (RFC 9110, 13.1.2 for validators)."""
    encoding = page.best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
    etag = f'"{page.etag}-{encoding}"' if encoding else f'"{page.etag}"'
    headers = [*page.headers, ("ETag", etag)]
    known = parse_etags(environ.get("HTTP_IF_NONE_MATCH", ""))
    if "*" in known or etag in (tag.removeprefix("W/") for tag in known):
        start_response(phrase(HTTPStatus.NOT_MODIFIED), without_body_headers(headers))
        return []
    body = page.encoded(encoding)
    if encoding:
        headers.append(("Content-Encoding", encoding))
    headers.append(("Content-Length", str(len(body))))
    start_response(phrase(HTTPStatus.OK), headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def without_body_headers(headers):
    return [(name, value) for name, value in headers if name.lower() != "content-type"]


def phrase(status):
    return f"{status.value} {status.phrase}"
