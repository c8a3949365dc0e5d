"""Generator of items for load tests, in batches as large as the demo itself.

A batch of a given number always has the same items, with dates relative to the day on which it
is created. Slugs begin with `scaled-` and the batch number, which identifies generated items.
"""

from collections import defaultdict
from datetime import timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from calls.models import (
    Call,
    CallContact,
    FunderOffer,
    KeyDate,
    Phase,
    Project,
    ProjectParticipant,
)
from calls.status import Timetable
from initiatives.models import (
    Initiative,
    InitiativeRelation,
    KeyFigure,
    Milestone,
    Organisation,
    Participation,
    Resource,
)
from media.models import Image
from news.models import Article, ArticleLink, Event
from portal.demo.phrases import sets_of_languages, texts
from publishing.models import Topic
from publishing.states import State

#: Number of items of each type in a batch; items only refer to types above theirs.
SIZES = {Organisation: 40, Initiative: 12, Call: 25, Project: 20, Article: 40, Event: 12}
#: Batches per transaction: many rows per insert, few objects in memory.
CHUNK = 10
COUNTRIES = ("BE", "DE", "ES", "FI", "FR", "IE", "IT", "LU", "NL", "NO", "PL", "PT", "RO", "SE")
ZONES = ("Europe/Brussels", "Europe/Helsinki", "Europe/Lisbon", "America/Toronto")


def scale(number):
    """Create the missing batches up to this number.

    Yields the number of new items after each transaction.
    """
    first = newest_batch() + 1
    topics, images = list(Topic.objects.all()), list(Image.objects.all())
    for start in range(first, number + 1, CHUNK):
        numbers = range(start, min(start + CHUNK, number + 1))
        save(Batch(n, topics, images) for n in numbers)
        yield len(numbers) * sum(SIZES.values())


def newest_batch():
    """Return the number of the newest batch, or 0 if there is none."""
    newest = Organisation.objects.filter(slug__startswith="scaled-").order_by("pk").last()
    return int(newest.slug.split("-")[1]) if newest else 0


@transaction.atomic
def save(batches):
    """Bulk-insert the batches' objects, a model at a time, items before their rows."""
    objects = defaultdict(list, {model: [] for model in SIZES})
    for batch in batches:
        for item in batch.objects:
            objects[type(item)].append(item)
    for model, group in objects.items():
        model._base_manager.bulk_create(group, batch_size=2000)


class Batch:
    """Builder of unsaved items with their rows and links, collected in `objects`."""

    def __init__(self, number, topics, images):
        self.number, self.topics, self.images = number, topics, images
        self.random = Random(f"scaled-{number}")  # noqa: S311 - not for security
        self.now = timezone.now().replace(minute=0, second=0, microsecond=0)
        self.objects = []
        self.made = {}
        builders = {
            Organisation: self.organisation,
            Initiative: self.initiative,
            Call: self.call,
            Project: self.project,
            Article: self.article,
            Event: self.event,
        }
        for model, count in SIZES.items():
            self.made[model] = [builders[model](position) for position in range(1, count + 1)]

    def add(self, model, **values):
        item = model(**values)
        self.objects.append(item)
        return item

    def add_item(self, model, position, **values):
        """Add a Publishable with texts, a publication state and topics."""
        languages = sets_of_languages(self.random)
        values |= texts(self.random, languages) | self.history()
        if self.random.random() < 0.5 and self.images:
            values["lead_image"] = self.random.choice(self.images)
        item = self.add(model, slug=self.slug(model, position), **values)
        for topic in self.random.sample(self.topics, min(2, len(self.topics))):
            self.link(item, "topics", topic)
        return item

    def slug(self, model, position):
        return f"scaled-{self.number}-{model._meta.model_name}-{position}"

    def history(self):
        """Return the publication fields; most items were published in the last three years."""
        if self.random.random() < 0.05:
            return {}
        at = self.now - timedelta(hours=self.random.randrange(1, 3 * 365 * 24))
        return {
            "state": State.PUBLISHED,
            "first_published_at": at,
            "last_published_at": at,
        }

    def link(self, item, name, other):
        """Add a many-to-many link; the through table's fields are named after the models."""
        through = item._meta.get_field(name).remote_field.through
        names = (item._meta.model_name, other._meta.model_name)
        self.add(through, **dict(zip(names, (item, other), strict=True)))

    def pick(self, model):
        return self.random.choice(self.made[model])

    def amount(self, most):
        return self.random.randrange(10_000, most) + self.random.choice((0, 0, 0.5))

    def day(self, earliest, latest):
        """Return a random date from `earliest` to `latest` days from today."""
        days = timedelta(days=self.random.randint(earliest, latest))
        return self.now.date() + days

    def organisation(self, position):
        name = f"Fictional Institute {self.number}.{position}"
        return self.add(
            Organisation,
            slug=self.slug(Organisation, position),
            name_en=name,
            name_fr=f"Institut fictif {self.number}.{position}",
            name_nl=f"Fictief instituut {self.number}.{position}",
            acronym_en=f"FI{self.number}-{position}",
            kind=self.random.choice(Organisation.Kind.values),
            country=self.random.choice(COUNTRIES),
            city=self.random.choice(("Northtown", "Eastport", "Southmill", "Westbury")),
            latitude=round(self.random.uniform(38, 64), 5),
            longitude=round(self.random.uniform(-9, 27), 5),
            website=f"https://i{self.number}-{position}.example.org/",
        )

    def initiative(self, position):
        item = self.add_item(
            Initiative,
            position,
            kind=self.random.choice(Initiative.Kind.values),
            acronym=f"SCALE{self.number}-{position}",
            starts_on=self.day(-1500, -30),
            ends_on=self.day(0, 1500),
            budget=self.amount(50_000_000),
            website="https://initiative.example.org/",
        )
        roles = (Participation.Role.COORDINATOR, Participation.Role.FUNDER, "partner")
        for place, role in enumerate(roles, start=1):
            self.add(
                Participation,
                initiative=item,
                organisation=self.pick(Organisation),
                role=role,
                position=place,
            )
        self.add(
            KeyFigure, initiative=item, value=self.random.randint(3, 400), label_en="teams"
        )
        self.add(
            KeyFigure, initiative=item, value=item.budget, unit_en="EUR", label_en="budget"
        )
        self.add(Milestone, initiative=item, happens_on=self.day(-900, 900), title_en="Review")
        self.add(Resource, initiative=item, title_en="Website", url=item.website)
        if position > 1:
            self.relate(item, position)
        return item

    def relate(self, item, position):
        before = self.slug(Initiative, position - 1)
        other = next(o for o in reversed(self.objects) if getattr(o, "slug", None) == before)
        self.add(
            InitiativeRelation, from_initiative=item, kind="works-with", to_initiative=other
        )

    def call(self, position):
        opens = self.now + timedelta(days=self.random.randint(-700, 60))
        closes = opens + timedelta(days=self.random.randint(30, 120))
        decides = closes + timedelta(days=150)
        item = self.add_item(
            Call,
            position,
            initiative=self.pick(Initiative),
            reference=f"SCALE-{self.number}-{position}",
            kind=self.random.choice(Call.Kind.values),
            budget=self.amount(20_000_000),
            aim_en="<p>To learn what happens, and what can be done.</p>",
            submission_url="https://submit.example.org/",
            opens_at=opens,
            closes_at=closes,
        )
        zone = self.random.choice(ZONES)
        dates = {"opening": opens, "pre-proposal": closes, "decision": decides}
        dates["full-proposal"] = closes + timedelta(days=75)
        rows = [
            self.add(KeyDate, call=item, kind=kind, at=at, timezone=zone)
            for kind, at in dates.items()
        ]
        for span in Timetable(rows).spans():
            self.add(Phase, call=item, **span._asdict())
        self.add(CallContact, call=item, name="Robin Example", email="robin@example.org")
        for funder in self.random.sample(self.made[Organisation], 2):
            self.add(FunderOffer, call=item, organisation=funder, amount=self.amount(3_000_000))
        return item

    def project(self, position):
        item = self.add_item(
            Project,
            position,
            call=self.pick(Call),
            acronym=f"P{self.number}-{position}",
            grant_number=f"S{self.number:05}{position:02}",
            starts_on=self.day(-1400, 0),
            ends_on=self.day(1, 900),
            status=self.random.choice(Project.Status.values),
            total_cost=self.amount(3_000_000),
            keywords_en="water, soil, health",
        )
        roles = ("coordinator", "participant", "participant")
        for place, role in enumerate(roles, start=1):
            self.add(
                ProjectParticipant,
                project=item,
                organisation=self.pick(Organisation),
                role=role,
                activity_type=self.random.choice(ProjectParticipant.Activity.values),
                net_contribution=self.amount(900_000),
                position=place,
            )
        return item

    def article(self, position):
        item = self.add_item(
            Article,
            position,
            kind=self.random.choice(Article.Kind.values),
            published_on=self.day(-1800, 0),
        )
        self.add(ArticleLink, article=item, title_en="More", url="https://more.example.org/")
        self.link(item, "initiatives", self.pick(Initiative))
        self.link(item, "calls", self.pick(Call))
        return item

    def event(self, position):
        starts = self.now + timedelta(days=self.random.randint(-900, 180))
        item = self.add_item(
            Event,
            position,
            starts_at=starts,
            ends_at=starts + timedelta(hours=self.random.choice((2, 8, 50))),
            timezone=self.random.choice(ZONES),
            is_online=self.random.random() < 0.4,
            place_en="Town hall",
            country=self.random.choice(COUNTRIES),
        )
        self.link(item, "initiatives", self.pick(Initiative))
        return item


def remove():
    """Delete all generated items, and return their number."""
    models = [*reversed(SIZES)]
    return sum(_remove(model) for model in models)


def _remove(model):
    scaled = model._base_manager.filter(slug__startswith="scaled-").order_by("pk")
    count = 0
    while keys := list(scaled.values_list("pk", flat=True)[:500]):
        with transaction.atomic():
            model._base_manager.filter(pk__in=keys).delete()
        count += len(keys)
    return count
