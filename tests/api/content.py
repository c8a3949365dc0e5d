"""Content for tests of the API: items of each type, with visible and hidden related items."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from django.utils import timezone

from calls.models import Call, CallContact, KeyDate, Project
from initiatives.models import (
    Initiative,
    InitiativeRelation,
    KeyFigure,
    Milestone,
    Region,
    Resource,
)
from media.models import Document, DocumentVersion, Image
from news.models import Article, ArticleLink, Event
from tests import factories
from tests.factories import draft, live, organisation, published, topic

#: Only hidden content has this word: it must not be in any response.
SECRET = "Verborgenheit"
DEADLINE = datetime(2031, 3, 4, 16, 0, tzinfo=UTC)

_numbers = count(1)


def hidden(model):
    return draft(model, title_en=SECRET)


def image():
    picture = Image(
        name="Lab",
        file=f"images/2026/01/lab-{next(_numbers)}.jpg",
        width=1600,
        height=1000,
        alt_text_en="A laboratory",
        credit_en="Photo: A. Peeters",
        licence="cc-by",
    )
    # There is no file on disk: the API only returns its URL.
    return Image.objects.bulk_create([picture])[0]


def document(title="Guidelines", **fields):
    found = Document.objects.create(
        title_en=title, slug=f"{title}-{next(_numbers)}".lower(), **fields
    )
    DocumentVersion.objects.bulk_create(
        DocumentVersion(document=found, number=n, file=f"2026/01/{n}.pdf", size=1234)
        for n in (1, 2)
    )
    return found


def hidden_document():
    return document(SECRET, available_at=timezone.now() + timedelta(days=1))


def funder():
    region, _created = Region.objects.get_or_create(
        code="BE2", defaults={"name_en": "Flanders"}
    )
    return organisation(region=region, logo=image())


def relate(one, other):
    InitiativeRelation.objects.create(
        from_initiative=one, to_initiative=other, kind="continues"
    )


def add_milestone(item, paper):
    Milestone.objects.create(
        initiative=item, happens_on=date(2024, 1, 1), title_en="Start", document=paper
    )


def add_to_initiative(item):
    item.topics.add(topic())
    factories.participation(item, organisation=funder(), amount="1000000.5")
    KeyFigure.objects.create(initiative=item, value=10, unit_en="years", label_en="Runs")
    add_milestone(item, document())
    add_milestone(item, hidden_document())
    Resource.objects.create(
        initiative=item, title_en="Guide", document=document(), organisation=funder()
    )
    Resource.objects.create(initiative=item, title_en=SECRET, document=hidden_document())
    relate(item, live(Initiative))
    relate(live(Initiative), item)
    relate(item, hidden(Initiative))
    relate(hidden(Initiative), item)


def add_to_call(item):
    item.topics.add(topic())
    KeyDate.objects.create(
        call=item,
        kind="full-proposal",
        at=DEADLINE,
        timezone="Europe/Brussels",
        note_en="At 17:00 sharp",
    )
    CallContact.objects.create(call=item, name="Ann Peeters", organisation=funder())
    factories.offer(item, organisation=funder(), amount=500000)
    item.documents.add(document(), hidden_document())


def add_to_project(item):
    item.topics.add(topic())
    factories.participant(item, organisation=funder(), net_contribution="100.01")


def add_related(item):
    item.topics.add(topic())
    item.initiatives.add(live(Initiative), hidden(Initiative))
    item.calls.add(live(Call), hidden(Call))
    item.projects.add(live(Project), hidden(Project))


def add_to_article(item):
    add_related(item)
    ArticleLink.objects.create(article=item, title_en="More", url="https://example.org/")


def add_to_event(item):
    add_related(item)
    item.documents.add(document(), hidden_document())


def add_to_organisation(item):
    for initiative in (live(Initiative), hidden(Initiative)):
        factories.participation(initiative, organisation=item)


def add_to_topic(item):
    topic(parent=item)


def new_initiative():
    return published(
        Initiative, budget="370000000.00", budget_is_approximate=True, lead_image=image()
    )


def new_call(**fields):
    values = {"budget": "12000000", "initiative": live(Initiative), "lead_image": image()}
    return published(Call, **{**values, **fields})


def new_project(**fields):
    values = {
        "call": live(Call, initiative=live(Initiative)),
        "total_cost": "2345678.90",
        "eu_contribution": "1234567.89",
        "keywords_en": "rare diseases, registries",
        "lead_image": image(),
    }
    return published(Project, **{**values, **fields})


def new_event():
    return published(
        Event,
        starts_at=DEADLINE,
        ends_at=DEADLINE + timedelta(hours=2),
        timezone="Europe/Brussels",
        lead_image=image(),
    )


#: Name of the list in the URL -> (function that makes an item, function that adds rows to it).
TYPES = {
    "initiatives": (new_initiative, add_to_initiative),
    "calls": (new_call, add_to_call),
    "projects": (new_project, add_to_project),
    "organisations": (funder, add_to_organisation),
    "news": (lambda: published(Article, lead_image=image()), add_to_article),
    "events": (new_event, add_to_event),
    "topics": (lambda: topic(parent=topic(), lead_image=image()), add_to_topic),
}


def make(name):
    """Return a new item of the list `name`, with a row of each kind."""
    new, add_rows = TYPES[name]
    item = new()
    add_rows(item)
    return item
