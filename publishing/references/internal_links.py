"""Check of links to the portal's own pages."""

import logging
from itertools import islice
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import override

from publishing.models import BrokenLink
from publishing.references.public_links import BATCH
from publishing.richtext import links

logger = logging.getLogger(__name__)
Problem = BrokenLink.Problem


def internal_problems(locations):
    """Return {LinkLocation: (problem, "")} for the broken internal links."""
    pages, broken, locations = Pages(), {}, iter(locations)
    while batch := list(islice(locations, BATCH)):
        targets = {
            link.target
            for location in batch
            if (link := links.parse_identity(location.address))
        }
        known = links.look_up(targets, links.all_items)
        public = links.look_up(targets, links.visible_items)
        for location in batch:
            if problem := _internal_problem(location.address, known, public, pages):
                broken[location] = (problem, "")
    return broken


def _internal_problem(address, known, public, pages):
    if link := links.parse_identity(address):
        return _problem_of_item(link, known, public, pages)
    if (parts := links.internal_parts(address)) is not None:
        return None if pages.is_found(parts) else Problem.NOT_FOUND
    return Problem.UNUSABLE if _is_malformed(address) else None


def _problem_of_item(link, known, public, pages):
    if link.target not in known:
        return Problem.GONE
    if link.target not in public:
        return Problem.UNPUBLISHED
    if not link.tail.startswith("versions/"):
        return None
    page = urlsplit(public[link.target].get_absolute_url() + link.tail)
    return None if pages.is_found(page) else Problem.NOT_FOUND


def _is_malformed(address):
    """Return whether a URL is malformed, like "www.example.org", or empty."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return True
    if parts.scheme or parts.netloc:
        return False
    return bool(parts.path) or not (parts.query or parts.fragment)


class Pages:
    """Cache of the portal's own pages: each URL is requested once."""

    def __init__(self):
        self._found = {}

    def is_found(self, parts):
        """Return whether a page, file or document exists. `parts` is from `urlsplit`."""
        url = parts.path, parts.query
        if url not in self._found:
            self._found[url] = self._look_up_page(*url)
        return self._found[url]

    def _look_up_page(self, path, query):
        if path.startswith(settings.STATIC_URL):
            return True  # static files are not checked
        path = unquote(path) or "/"
        match = links.resolve_path(path) or links.resolve_path(f"{path}/")
        return bool(match) and self._is_served(match, path, query)

    def _is_served(self, match, path, query):
        try:
            with override(settings.LANGUAGE_CODE):
                response = match.func(_request(path, query), *match.args, **match.kwargs)
        except Http404:
            return False
        except PermissionDenied:
            return True
        except Exception:  # a failing page exists; the link need not change
            logger.exception("%s failed", path)
            return True
        # Not response.close(): it would end the request and close the database connection.
        if file := getattr(response, "file_to_stream", None):
            file.close()
        return response.status_code not in (404, 410)


def _request(path, query):
    """Return an anonymous GET request with what the public views use."""
    request = HttpRequest()
    request.method, request.user = "GET", AnonymousUser()
    request.path = request.path_info = path
    host = urlsplit(settings.PORTAL_URL)
    request.META = {"SERVER_NAME": host.hostname, "SERVER_PORT": str(host.port or 443)}
    request.META["QUERY_STRING"] = query
    request.GET = QueryDict(query)
    return request
