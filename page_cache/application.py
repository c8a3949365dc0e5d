"""WSGI application that answers from the page cache, around the portal's own application.

It serves GET and HEAD requests without cookies and credentials. Whether a response may be
stored is the view's decision: see `dependencies.allow_caching`.
"""

import time
from threading import Event, Lock

from page_cache import dependencies
from page_cache.answers import answer, is_storable, stored_headers, vary_names
from page_cache.changes import ChangeReader
from page_cache.store import Page, PageStore

#: Maximum lifetime of a page in seconds, in case something changes it that is not recorded.
MAX_AGE = 600
#: Seconds that a request waits for another one which renders the same page.
PATIENCE = 10
#: Names in Vary that are not part of the key: pages are stored without them.
NOT_IN_KEY = {"cookie", "accept-encoding", "authorization"}
#: Headers of a request that is passed to the application.
BYPASS = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_RANGE")


class PageCache:
    """Wraps a WSGI application; `max_bytes` limits the memory for pages."""

    def __init__(self, application, max_bytes):
        self.application = application
        self.store = PageStore(max_bytes)
        self.reader = ChangeReader(self.store.drop)
        self._vary = {}
        self._rendering = {}
        self._lock = Lock()

    def __call__(self, environ, start_response):
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or any(map(environ.get, BYPASS)):
            return self.application(environ, start_response)
        address = address_of(environ)
        self.reader.read()
        if page := self._find(address, environ):
            return answer(page, environ, start_response)
        rendered = self._claim(address)
        if rendered is None and (page := self._find(address, environ)):
            return answer(page, environ, start_response)
        try:
            return self._render(address, environ, start_response)
        finally:
            if rendered:
                del self._rendering[address]
                rendered.set()

    def _find(self, address, environ):
        return self.store.get(self._key(address, environ))

    def _key(self, address, environ):
        names = self._vary.get(address[1], ())
        return (address, *(environ.get(name, "") for name in names))

    def _claim(self, address):
        """Return an event to set once the page is rendered, or wait for another request."""
        with self._lock:
            rendered = self._rendering.get(address)
            if rendered is None:
                self._rendering[address] = rendered = Event()
                return rendered
        rendered.wait(PATIENCE)
        return None

    def _render(self, address, environ, start_response):
        """Answer by the application, and store its response if it may be stored."""
        self.reader.read(is_forced=True)
        generation = self.store.generation
        started = []
        with dependencies.collect() as found:
            result = self.application(environ, lambda *arguments: started.append(arguments))
        status, headers = started[0][:2]
        if not (found.is_cacheable and is_storable(status, headers)):
            start_response(*started[0])
            return result
        try:
            body = b"".join(result)
        finally:
            result.close()
        page = Page(
            headers=stored_headers(headers),
            body=body,
            tags=frozenset(found.tags),
            expires_at=min(time.time() + MAX_AGE, found.changes_at.timestamp()),
        )
        self._vary[address[1]] = varying(headers)
        self.store.put(self._key(address, environ), page, generation)
        return answer(page, environ, start_response)


def address_of(environ):
    """Return (scheme and host, path, query) of a request."""
    scheme = environ.get("HTTP_X_FORWARDED_PROTO") or environ["wsgi.url_scheme"]
    host = environ.get("HTTP_HOST", "")
    path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
    return f"{scheme}://{host}", path, environ.get("QUERY_STRING", "")


def varying(headers):
    """Return the names in the WSGI environment of the headers on which a response depends."""
    names = {name.lower() for name in vary_names(headers)} - NOT_IN_KEY
    return tuple(f"HTTP_{name.upper().replace('-', '_')}" for name in sorted(names))
