"""Nightly report of broken links in public content."""

import logging
from threading import Thread

from django.conf import settings
from django.db import close_old_connections, transaction
from django.utils import timezone

from publishing.jobs import nightly
from publishing.models import BrokenLink
from publishing.references import external_links as other_sites
from publishing.references.internal_links import internal_problems
from publishing.references.public_links import Place, is_external, public_links

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
