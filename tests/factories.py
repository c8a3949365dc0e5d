"""Factories of valid objects with minimal data; values not given are made up."""

import itertools
from datetime import date, timedelta

from django.utils import timezone

from calls.models import Call, FunderOffer, KeyDate, Project, ProjectParticipant
from initiatives.models import Initiative, Organisation, Participation
from news.models import Article, Event
from pages.models import Page
from publishing.models import Publishable, Topic
from publishing.states import State
from publishing.workflow import publish
from search.index import writer as index

_numbers = itertools.count(1)

#: Required fields of each type besides the title.
REQUIRED = {
    Article: lambda: {"published_on": date(2026, 3, 1)},
    Call: lambda: {"kind": Call.Kind.NATIONAL},
    Event: lambda: {
        "starts_at": timezone.now() + timedelta(days=10),
        "ends_at": timezone.now() + timedelta(days=10, hours=2),
    },
    Initiative: lambda: {"kind": Initiative.Kind.PARTNERSHIP},
    Page: dict,
    Project: dict,
}


def publishable_models():
    """Return all concrete subclasses of Publishable, sorted by name."""
    return sorted(Publishable.__subclasses__(), key=lambda model: model.__name__)


def draft(model, **fields):
    """Create a draft of a Publishable, saved."""
    values = {
        "title_en": f"{model.__name__} {next(_numbers)}",
        **REQUIRED.get(model, dict)(),
        **fields,
    }
    topics = values.pop("topics", [])
    item = model(**values)
    item.full_clean()
    item.save()
    if topics:
        item.topics.set(topics)
    return item


def publishable(model, **fields):
    """Create a draft that can be published with a reason: it has warnings but no errors."""
    item = draft(model, **fields)
    if model is Call:
        key_date(item, "full-proposal", 30)
    return item


def published(model, **fields):
    """Create a published item."""
    return publish(item=draft(model, **fields))


def index_items(items):
    """Index items of one model, each made by `live`, as if they had been published.

    Publishing thirty items is ten times slower.
    """
    index.write(type(items[0]), [item.pk for item in items])


def live(model, **fields):
    """Create an item that is public but has no history, for tests that need many."""
    now = timezone.now()
    state = {"state": State.PUBLISHED, "first_published_at": now, "last_published_at": now}
    return draft(model, **state, **fields)


def topic(name="Health", **fields):
    number = next(_numbers)
    return Topic.objects.create(name_en=name, slug=fields.pop("slug", f"t{number}"), **fields)


def organisation(name=None, **fields):
    number = next(_numbers)
    values = {
        "name_en": name or f"Funder {number}",
        "slug": f"organisation-{number}",
        "kind": Organisation.Kind.FUNDER,
        "country": "BE",
    }
    return Organisation.objects.create(**{**values, **fields})


def key_date(call, kind, days, **fields):
    """Create a key date `days` days from now."""
    at = timezone.now().replace(second=0, microsecond=0) + timedelta(days=days)
    return KeyDate.objects.create(call=call, kind=kind, at=at, **fields)


def open_call(days_left=30, **fields):
    """Create a published call that opened yesterday."""
    call = published(Call, **fields)
    key_date(call, "opening", -1)
    key_date(call, "full-proposal", days_left)
    return call


def participation(initiative, **fields):
    values = {
        "role": "partner",
        "organisation": fields.pop("organisation", None) or organisation(),
    }
    return Participation.objects.create(initiative=initiative, **values, **fields)


def offer(call, **fields):
    values = {"organisation": fields.pop("organisation", None) or organisation()}
    return FunderOffer.objects.create(call=call, **values, **fields)


def participant(project, **fields):
    values = {"organisation": fields.pop("organisation", None) or organisation()}
    return ProjectParticipant.objects.create(project=project, **values, **fields)
