"""Nightly report of broken links in public content."""

import logging
from itertools import islice
from threading import Thread
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import close_old_connections, models, transaction
from django.http import Http404, HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import override

from localisation.languages import portal_languages
from publishing.jobs import nightly
from publishing.models import BrokenLink
from publishing.references import external_links as other_sites
from publishing.references.mentions import models_with_texts
from publishing.revisions import snapshots
from publishing.richtext import RichTextField, links

logger = logging.getLogger(__name__)
Problem = BrokenLink.Problem

#: Number of links looked up together.
BATCH = 2000


class Place(NamedTuple):
    """Location of a link; see the fields of BrokenLink."""

    content_type_id: int
    object_id: int
    rows: str
    column: str
    address: str


@nightly
def check_links_tonight():
    """Check all links in a separate thread, so as not to delay scheduled jobs."""
    Thread(target=_check_and_log, name="links", daemon=True).start()


def _check_and_log():
    try:
        check_links()
    except Exception:
        logger.exception("Checking the links failed")
    finally:
        close_old_connections()


def check_links(external=None):
    """Check the links of all public content; store broken ones as BrokenLink.

    `external` includes links to other sites (default: CHECK_EXTERNAL_LINKS). If false, none are
    reported.
    """
    if external is None:
        external = settings.CHECK_EXTERNAL_LINKS
    store(internal_problems(public_links()), is_external=False)
    store(external_problems() if external else {}, is_external=True)


# --- Collecting links -------------------------------------------------------------------


def public_links():
    """Yield a Place for each link in the texts and URL fields of public items."""
    for model in models_with_texts():
        rows = getattr(model, "rows", ())
        items = links.visible(model).order_by("pk").prefetch_related(*rows)
        type_id = ContentType.objects.get_for_model(model).pk
        for item in items.iterator(chunk_size=500):
            for accessor, column, address in _links_of(item, rows):
                yield Place(type_id, item.pk, accessor, column, address)


def _links_of(item, rows):
    for column, address in _addresses(item):
        yield "", column, address
    for accessor in rows:
        for row in getattr(item, accessor).all():
            for column, address in _addresses(row):
                yield accessor, column, address


def _addresses(item):
    """Yield (column, URL) for each link in one object's fields."""
    for field in snapshots.content_fields(type(item)):
        if getattr(field, "language", None) not in (None, *portal_languages()):
            continue
        value = getattr(item, field.attname)
        if isinstance(field, RichTextField):
            yield from ((field.attname, href) for href in links.hrefs(value))
        elif isinstance(field, models.URLField) and value:
            yield field.attname, value


def is_external(address):
    """Return whether a URL leads to another website."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and links.internal_parts(address) is None


# --- Internal links ---------------------------------------------------------------------


def internal_problems(places):
    """Return {Place: (problem, "")} for the broken internal links."""
    pages, broken, places = Pages(), {}, iter(places)
    while batch := list(islice(places, BATCH)):
        targets = {link.target for place in batch if (link := links.identity(place.address))}
        known = links.look_up(targets, links.everything)
        public = links.look_up(targets, links.visible)
        for place in batch:
            if problem := _internal_problem(place.address, known, public, pages):
                broken[place] = (problem, "")
    return broken


def _internal_problem(address, known, public, pages):
    if link := links.identity(address):
        return _problem_of_item(link, known, public, pages)
    if (parts := links.internal_parts(address)) is not None:
        return None if pages.is_found(parts) else Problem.NOT_FOUND
    return Problem.UNUSABLE if _is_unusable(address) else None


def _problem_of_item(link, known, public, pages):
    if link.target not in known:
        return Problem.GONE
    if link.target not in public:
        return Problem.UNPUBLISHED
    if not link.tail.startswith("versions/"):
        return None
    page = urlsplit(public[link.target].get_absolute_url() + link.tail)
    return None if pages.is_found(page) else Problem.NOT_FOUND


def _is_unusable(address):
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
        asked = parts.path, parts.query
        if asked not in self._found:
            self._found[asked] = self._ask(*asked)
        return self._found[asked]

    def _ask(self, path, query):
        if path.startswith(settings.STATIC_URL):
            return True  # static files are not checked
        path = unquote(path) or "/"
        match = links.resolved(path) or links.resolved(f"{path}/")
        return bool(match) and self._is_answered(match, path, query)

    def _is_answered(self, match, path, query):
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


# --- External links ---------------------------------------------------------------------


def external_problems():
    """Return {Place: (problem, status)} for the broken links to other sites.

    Links that could not be checked this time keep their previous problem.
    """
    answers = other_sites.check({p.address for p in public_links() if is_external(p.address)})
    before = {place: (row.problem, row.answer) for place, row in _stored(True).items()}
    broken = {}
    for place in public_links():
        problem = answers.get(place.address, before.get(place))
        if problem and is_external(place.address):
            broken[place] = problem
    return broken


# --- Report -----------------------------------------------------------------------------


def _stored(is_external):
    rows = BrokenLink.objects.filter(is_external=is_external)
    return {Place(*(getattr(row, name) for name in Place._fields)): row for row in rows}


@transaction.atomic
def store(broken, *, is_external):
    """Store broken links as {Place: (problem, status)}; known ones keep their `since`."""
    known = _stored(is_external)
    kept = {place for place, row in known.items() if broken.get(place) == _problem(row)}
    rows = BrokenLink.objects.filter(is_external=is_external)
    rows.exclude(pk__in=[known[place].pk for place in kept]).delete()
    BrokenLink.objects.bulk_create(
        BrokenLink(
            **place._asdict(),
            problem=problem,
            answer=answer,
            is_external=is_external,
            since=known[place].since if place in known else timezone.now(),
        )
        for place, (problem, answer) in broken.items()
        if place not in kept
    )


def _problem(row):
    return row.problem, row.answer
