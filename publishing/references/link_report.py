"""Nightly report of broken links in public content."""

import logging
from threading import Thread

from django.conf import settings
from django.db import close_old_connections, transaction
from django.utils import timezone

from publishing.jobs import nightly
from publishing.models import BrokenLink
from publishing.references import external_links
from publishing.references.internal_links import internal_problems
from publishing.references.public_links import LinkLocation, is_external, public_links

logger = logging.getLogger(__name__)


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


def external_problems():
    """Return {LinkLocation: (problem, status)} for the broken links to other sites.

    Links that could not be checked this time keep their previous problem.
    """
    results = external_links.check(
        {p.address for p in public_links() if is_external(p.address)}
    )
    before = {
        location: (row.problem, row.http_status)
        for location, row in _stored_links(True).items()
    }
    broken = {}
    for location in public_links():
        problem = results.get(location.address, before.get(location))
        if problem and is_external(location.address):
            broken[location] = problem
    return broken


def _stored_links(is_external):
    rows = BrokenLink.objects.filter(is_external=is_external)
    return {
        LinkLocation(*(getattr(row, name) for name in LinkLocation._fields)): row
        for row in rows
    }


@transaction.atomic
def store(broken, *, is_external):
    """Store {LinkLocation: (problem, status)} of broken links; known ones keep `since`."""
    known = _stored_links(is_external)
    kept = {
        location for location, row in known.items() if broken.get(location) == _problem(row)
    }
    rows = BrokenLink.objects.filter(is_external=is_external)
    rows.exclude(pk__in=[known[location].pk for location in kept]).delete()
    BrokenLink.objects.bulk_create(
        BrokenLink(
            **location._asdict(),
            problem=problem,
            http_status=http_status,
            is_external=is_external,
            since=known[location].since if location in known else timezone.now(),
        )
        for location, (problem, http_status) in broken.items()
        if location not in kept
    )


def _problem(row):
    return row.problem, row.http_status
